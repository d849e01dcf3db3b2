package io.lakeport.app.wiring;

import io.lakeport.app.config.TenantDocument;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenancy.TenantRecord;
import io.lakeport.core.tenancy.TenantRegistry;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps tenants that are created at run time: settings in the registry, secrets in the vault. Thread-safe. */
public final class TenantStorage {
    private static final String AUTH = "auth/";
    private static final int PAGE = 500;

    private final SharedParts shared;

    /** Creates it over the shared parts of a process. */
    public TenantStorage(SharedParts shared) {
        this.shared = shared;
    }

    /** Reads a document as someone gives it; see {@link TenantDocument#of}. */
    public TenantDocument read(TenantId id, String settings, Map<String, Secret> secrets) {
        return TenantDocument.of(
                id, settings, secrets, shared.config().tenancy().defaults());
    }

    /** Returns the tenant of a document. */
    public Tenant tenant(TenantDocument document) {
        return TenantDocument.read(
                document.id(),
                document.settings(name -> name),
                shared.config().tenancy().defaults());
    }

    /** Returns the tenant of a record, empty for one whose settings are not in it. */
    public Optional<Tenant> describe(TenantRecord record) {
        return shared.directory().describe(record);
    }

    /**
     * Stores a new tenant.
     *
     * @throws LakeportException CONFLICT (TENANT_EXISTS); the secrets that were sealed for it are destroyed then
     */
    public TenantRecord create(TenantDocument document) {
        if (shared.directory().registry().find(document.id()).isPresent()) {
            // It will be refused: nothing is sealed under the name of another's tenant.
            return shared.directory().registry().create(document.id(), "{}");
        }
        List<SecretReference> sealed = seal(document, "");
        try {
            TenantRecord made =
                    shared.directory().registry().create(document.id(), document.settings(name -> kept(name, "")));
            shared.directory().forget(document.id());
            return made;
        } catch (LakeportException e) {
            destroy(sealed, e);
            throw e;
        }
    }

    /**
     * Replaces the settings of a tenant. What it no longer names is destroyed afterwards; a secret that is given anew
     * gets a name of its own, so that whoever still works by the old settings finds the old secret until then.
     */
    public TenantRecord change(TenantDocument document, long version) {
        String mark = "." + UUID.randomUUID().toString().substring(0, 8);
        TenantRegistry registry = shared.directory().registry();
        Map<String, String> before = registry.find(document.id())
                .flatMap(TenantRecord::settings)
                .map(TenantDocument::kept)
                .orElse(Map.of());
        List<SecretReference> sealed = seal(document, mark);
        String settings = document.keeping(before).settings(name -> kept(name, mark));
        TenantRecord changed;
        try {
            changed = registry.change(document.id(), settings, version);
        } catch (LakeportException e) {
            destroy(sealed, e);
            throw e;
        }
        Set<String> gone = new HashSet<>(before.values());
        gone.removeAll(TenantDocument.kept(settings).values());
        if (!gone.isEmpty()) {
            vault().list(document.id()).stream()
                    .map(SealedSecret::reference)
                    .filter(reference -> gone.contains(reference.name()))
                    .forEach(reference -> {
                        DestructionReceipt unused = vault().destroy(reference);
                    });
        }
        return changed;
    }

    private static String kept(String name, String mark) {
        return AUTH + name + mark;
    }

    private List<SecretReference> seal(TenantDocument document, String mark) {
        List<SecretReference> sealed = new ArrayList<>();
        document.secrets()
                .forEach((name, secret) ->
                        sealed.add(vault().seal(document.id(), kept(name, mark), secret, Optional.empty())));
        return sealed;
    }

    private SecretVault vault() {
        if (shared.config().vault().isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "a tenant that is created at run time has its secrets sealed, and there is no vault; add to the"
                            + " configuration, for example: \"vault\": {\"keys\": \"file\", \"properties\":"
                            + " {\"path\": \"master.key\", \"create\": \"true\"}}");
        }
        return shared.state().vault();
    }

    /** A secret that cannot be destroyed now stays sealed until its tenant is deleted. */
    private void destroy(List<SecretReference> sealed, LakeportException because) {
        for (SecretReference reference : sealed) {
            try {
                DestructionReceipt unused = vault().destroy(reference);
            } catch (LakeportException e) {
                because.addSuppressed(e);
            }
        }
    }

    /** Returns whether anything is kept of a tenant that nothing else tells of. */
    public boolean hasTraces(TenantId id) {
        return isInState(id) || !shared.ledger().newest(id, 1).isEmpty();
    }

    private boolean isInState(TenantId id) {
        Optional<TenantId> after = Optional.empty();
        List<TenantId> page = shared.state().store().tenants(after, PAGE);
        while (!page.isEmpty() && !page.contains(id)) {
            after = Optional.of(page.get(page.size() - 1));
            page = shared.state().store().tenants(after, PAGE);
        }
        return !page.isEmpty();
    }
}
