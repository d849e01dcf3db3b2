package io.lakeport.app;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.TenantDocument;
import io.lakeport.app.wiring.PrincipalUse;
import io.lakeport.app.wiring.TenantDirectory;
import io.lakeport.app.wiring.TenantEnding;
import io.lakeport.app.wiring.TenantStorage;
import io.lakeport.app.wiring.TenantSweep;
import io.lakeport.app.wiring.Tenants;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenancy.DeletionProof;
import io.lakeport.core.tenancy.TenancyError;
import io.lakeport.core.tenancy.TenantRecord;
import io.lakeport.core.tenancy.TenantState;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantPolicy;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The life of tenants: those of the configuration file, which can be suspended and resumed, and those that are created,
 * changed and deleted while the process runs. What is changed here holds at once in this process, and in others that
 * share the state store within {@code tenancy.refresh}. Thread-safe.
 */
public final class TenantAdmin {
    private final LakeportConfig config;
    private final Tenants tenants;
    private final TenantDirectory directory;
    private final TenantStorage storage;
    private final Optional<Set<String>> roles;

    TenantAdmin(LakeportConfig config, Tenants tenants, Optional<Set<String>> roles) {
        this.config = config;
        this.tenants = tenants;
        this.directory = tenants.shared().directory();
        this.storage = new TenantStorage(tenants.shared());
        this.roles = roles;
    }

    /**
     * Returns the same for someone who acts through the host, with the roles that the host knows: who has none of a
     * tenant's administrators' roles changes nothing of it, and who has none of its readers' sees no details. Without
     * this call the host itself acts, which may do everything.
     */
    public TenantAdmin as(Set<String> someonesRoles) {
        return new TenantAdmin(config, tenants, Optional.of(Set.copyOf(someonesRoles)));
    }

    /** Returns the ids of all tenants that are not deleted: those of the configuration first, the others by name. */
    public List<TenantId> ids() {
        return list().stream()
                .filter(info -> info.state() != TenantState.DELETED)
                .map(TenantInfo::id)
                .toList();
    }

    /** Returns how many tenants, and users of tenants, hold connections in this process now. */
    public int active() {
        return tenants.active();
    }

    /** Returns every tenant there is or was: those of the configuration first, the others by name. */
    public List<TenantInfo> list() {
        Map<TenantId, TenantInfo> all = new LinkedHashMap<>();
        config.tenants().forEach((id, tenant) -> all.put(id, info(tenant)));
        directory.eachRecord(record -> all.put(record.id(), info(record)));
        return List.copyOf(all.values());
    }

    private TenantInfo info(Tenant fixed) {
        return new TenantInfo(
                fixed.id(),
                TenantState.ACTIVE,
                true,
                0,
                Optional.empty(),
                "",
                Optional.of(fixed).filter(this::isReadable));
    }

    private TenantInfo info(TenantRecord record) {
        Optional<Tenant> fixed = config.find(record.id().value());
        return new TenantInfo(
                record.id(),
                record.state(),
                fixed.isPresent(),
                record.version(),
                Optional.of(record.changed()),
                record.reason(),
                fixed.or(() -> storage.describe(record)).filter(this::isReadable));
    }

    private boolean isReadable(Tenant tenant) {
        return roles.map(mine -> tenant.policy().mayRead(mine)).orElse(true);
    }

    /**
     * Returns a tenant.
     *
     * @throws LakeportException NOT_FOUND when there is none of that id, and never was
     */
    public TenantInfo show(String id) {
        TenantId tenant = legal(id);
        return directory
                .registry()
                .find(tenant)
                .map(this::info)
                .or(() -> config.find(id).map(this::info))
                .orElseThrow(() -> config.unknown(id));
    }

    private TenantId legal(String id) {
        if (!TenantId.isLegal(id)) {
            throw config.unknown(id);
        }
        return TenantId.of(id);
    }

    /**
     * Creates a tenant. Its secrets are sealed in the vault; the rest is kept in the state store.
     *
     * @param settings the members of a tenant of the configuration, as JSON
     * @param secrets by their name in {@code auth.secrets}; they need not stand in the settings then
     * @throws LakeportException INVALID_REQUEST with place and remedy, or when there is no vault for its secrets;
     *     CONFLICT (TENANT_EXISTS) when there is or was one of that id; nothing of it is left then
     */
    public TenantInfo create(String id, String settings, Map<String, Secret> secrets) {
        TenantId tenant = TenantId.of(id);
        if (config.find(id).isPresent()) {
            throw new LakeportException(
                    TenancyError.TENANT_EXISTS, "there is a tenant '" + id + "' in the configuration; take another id");
        }
        TenantDocument document = storage.read(tenant, settings, secrets);
        Tenant made = storage.tenant(document);
        requireAdmin(made.policy(), id);
        new PrincipalUse(config.tenancy()).requireFree(made, directory.active());
        TenantRecord record = storage.create(document);
        return info(record);
    }

    /**
     * Replaces a tenant's settings. Statements that run go on; later calls use the new settings.
     *
     * @param secrets by name; a secret that is named neither here nor in the settings stays as it is
     * @param version of the settings that the change was decided on, see {@link TenantInfo#version()}
     * @throws LakeportException CONFLICT (TENANT_CHANGED) when someone else changed it meanwhile; INVALID_REQUEST
     *     (TENANT_FIXED) for one of the configuration file
     */
    public TenantInfo change(String id, String settings, Map<String, Secret> secrets, long version) {
        TenantId tenant = legal(id);
        directory.requireNotFixed(tenant, "it cannot be changed here");
        Tenant before = directory.known(id);
        requireAdmin(before.policy(), id);
        TenantDocument document = storage.read(tenant, settings, secrets);
        Tenant made = storage.tenant(document);
        List<Tenant> others = new ArrayList<>(directory.active());
        others.removeIf(other -> other.id().equals(tenant));
        new PrincipalUse(config.tenancy()).requireFree(made, others);
        TenantRecord record = storage.change(document, version);
        directory.forget(tenant);
        return info(record);
    }

    /**
     * What came of a suspension.
     *
     * @param tenant as it is now
     * @param ended how many statements ran and are terminal on the server now
     */
    public record Suspension(TenantInfo tenant, long ended) {}

    /**
     * Suspends a tenant: whatever is asked for it is refused from now on, and what runs is ended, of this process and of
     * others on this host that keep note of theirs ({@code ledger.directory}). Other hosts end theirs when they next
     * read from them. Idempotent.
     *
     * @param reason for people, told to whoever is refused; may be empty
     * @param timeout for the statements to end; positive
     * @throws LakeportException DEADLINE_EXCEEDED when their end was not confirmed in time: the tenant is suspended all
     *     the same, and asking again goes on
     */
    public Suspension suspend(String id, String reason, Duration timeout) {
        TenantId tenant = legal(id);
        requireAdmin(directory.known(id).policy(), id);
        TenantRecord record =
                directory.registry().suspend(tenant, config.find(id).isPresent(), reason);
        TenantEnding.Ended ended = tenants.ending().statements(tenant, Deadline.after(timeout));
        return new Suspension(info(record), ended.ended());
    }

    /** Ends a suspension. Idempotent. */
    public TenantInfo resume(String id) {
        TenantId tenant = legal(id);
        requireAdmin(directory.known(id).policy(), id);
        if (directory.registry().find(tenant).isEmpty()) {
            return show(id);
        }
        TenantRecord record = directory.registry().resume(tenant);
        directory.forget(tenant);
        return info(record);
    }

    /** Returns a tenant as a document without secrets, which {@link #restore} reads. */
    public String export(String id) {
        TenantId tenant = legal(id);
        Tenant known = show(id).tenant()
                .orElseThrow(() -> new LakeportException(
                        TenancyError.TENANT_ROLE_MISSING,
                        "tenant '" + id + "' is deleted, or your roles may not read its connection details"));
        return directory
                .registry()
                .find(tenant)
                .flatMap(TenantRecord::settings)
                .map(settings -> TenantDocument.export(tenant, settings))
                .orElseGet(() -> TenantDocument.export(config, known));
    }

    /**
     * Creates the tenant of a document that {@link #export} returned.
     *
     * @param secrets by name; those that are not given are looked for where the document says, in variables
     */
    public TenantInfo restore(String document, Map<String, Secret> secrets) {
        TenantDocument.Exported exported = TenantDocument.parse(document, "the exported tenant");
        return create(exported.id().value(), exported.settings(), secrets);
    }

    /** What is done with the objects below a tenant's prefixes when it is deleted. */
    public enum ObjectChoice {
        /** They are left: they are the customer's. */
        LEAVE,
        /** They are deleted. */
        EMPTY
    }

    /**
     * Deletes a tenant for good: ends its statements, drops caches and tokens, destroys its secrets, removes its
     * documents and its entries of the ledger, and leaves its id with a proof of all that. When it fails or the process
     * dies in between, asking again goes on where it stopped. Idempotent.
     *
     * @param objects what is done with what was exported
     * @param timeout for all of it; positive
     * @throws LakeportException INVALID_REQUEST (TENANT_FIXED) while it stands in the configuration file; CONFLICT while
     *     another process deletes it; as a step failed
     */
    public DeletionProof delete(String id, String reason, ObjectChoice objects, Duration timeout) {
        TenantId tenant = legal(id);
        directory.requireNotFixed(tenant, "it cannot be deleted");
        requireDeletable(tenant);
        DeletionProof proof =
                tenants.ending().deletion(objects == ObjectChoice.EMPTY).run(tenant, reason, Deadline.after(timeout));
        directory.forget(tenant);
        return proof;
    }

    private void requireDeletable(TenantId tenant) {
        Optional<TenantRecord> record = directory.registry().find(tenant);
        if (record.isEmpty() && !storage.hasTraces(tenant)) {
            throw config.unknown(tenant.value());
        }
        Optional<Tenant> known = record.flatMap(storage::describe);
        requireAdmin(known.map(Tenant::policy).orElse(TenantPolicy.NONE), tenant.value());
    }

    /**
     * Goes on with deletions that were broken off, leaving objects as they are. A host calls it when it starts.
     *
     * @param timeout for each of them; positive
     */
    public List<DeletionProof> resumeDeletions(Duration timeout) {
        List<TenantId> begun = new ArrayList<>();
        directory.eachRecord(record -> {
            if (record.state() == TenantState.DELETING) {
                begun.add(record.id());
            }
        });
        return begun.stream()
                .map(id -> delete(id.value(), "", ObjectChoice.LEAVE, timeout))
                .toList();
    }

    /** Returns the proof of a tenant's deletion, empty when it is not deleted. */
    public Optional<DeletionProof> proof(String id) {
        return directory.registry().find(legal(id)).flatMap(TenantRecord::proof);
    }

    /** Returns whether a proof is whole and, where the configuration has a key for proofs, was signed under it. */
    public boolean isGenuine(DeletionProof proof) {
        return config.tenancy().proofKey().map(proof::isSignedBy).orElseGet(proof::isWhole);
    }

    /** Returns what is to be said of service principals that tenants use together, one sentence each. */
    public List<String> principalReport() {
        return new PrincipalUse(config.tenancy()).report(directory.active());
    }

    /** Removes what tenants' retention no longer keeps, and says what. */
    public List<TenantSweep.Swept> sweep() {
        return new TenantSweep(tenants.shared()).run();
    }

    private void requireAdmin(TenantPolicy policy, String id) {
        if (roles.isPresent() && !policy.mayChange(roles.get())) {
            throw new LakeportException(
                            TenancyError.TENANT_ROLE_MISSING,
                            "only " + policy.administrators().stream().sorted().toList()
                                    + " may change tenant '" + id + "', and your roles are "
                                    + roles.get().stream().sorted().toList() + "; ask one of them")
                    .with("tenant", id);
        }
    }
}
