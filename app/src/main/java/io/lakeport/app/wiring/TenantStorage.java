package io.lakeport.app.wiring;

import io.lakeport.app.config.TenantDocument;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenancy.TenantRecord;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
                document.secrets()::get,
                shared.config().tenancy().defaults());
    }

    /** Returns a stored tenant without opening its secrets. */
    public Optional<Tenant> describe(TenantRecord record) {
        return shared.directory().describe(record);
    }

    /** Returns the secrets of a change: those that are given, and the old ones of names that it does not speak of. */
    public Map<String, Secret> keeping(Tenant before, String settings, Map<String, Secret> given) {
        Map<String, Secret> all = new LinkedHashMap<>(given);
        Set<String> named = TenantDocument.namedSecrets(settings);
        before.identity().secrets().forEach((name, secret) -> {
            if (!named.contains(name)) {
                all.putIfAbsent(name, secret);
            }
        });
        return all;
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
        Map<String, SecretReference> sealed = seal(document);
        try {
            TenantRecord made = shared.directory().registry().create(document.id(), settings(document, sealed));
            shared.directory().forget(document.id());
            return made;
        } catch (LakeportException e) {
            destroy(sealed, e);
            throw e;
        }
    }

    /** Replaces the settings of a tenant; secrets that it no longer names are destroyed afterwards. */
    public TenantRecord change(TenantDocument document, long version) {
        Map<String, SecretReference> sealed = seal(document);
        Optional<TenantRecord> before = shared.directory().registry().find(document.id());
        TenantRecord changed;
        try {
            changed = shared.directory().registry().change(document.id(), settings(document, sealed), version);
        } catch (LakeportException e) {
            destroy(sealed, e);
            throw e;
        }
        before.flatMap(TenantRecord::settings).map(TenantDocument::references).ifPresent(old -> {
            Map<String, SecretReference> gone = new HashMap<>();
            old.forEach((name, text) -> gone.put(name, reference(document.id(), text)));
            destroy(gone, null);
        });
        return changed;
    }

    private static String settings(TenantDocument document, Map<String, SecretReference> sealed) {
        return document.settings(name -> {
            SecretReference reference = Objects.requireNonNull(sealed.get(name), name);
            return reference.name() + "#" + reference.version();
        });
    }

    private static SecretReference reference(TenantId id, String text) {
        return SecretReference.parse("sealed:" + id + ":" + text);
    }

    private Map<String, SecretReference> seal(TenantDocument document) {
        Map<String, SecretReference> sealed = new LinkedHashMap<>();
        document.secrets()
                .forEach((name, secret) ->
                        sealed.put(name, vault().seal(document.id(), AUTH + name, secret, Optional.empty())));
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
    private void destroy(
            Map<String, SecretReference> sealed, @org.jspecify.annotations.Nullable LakeportException because) {
        for (SecretReference reference : sealed.values()) {
            try {
                DestructionReceipt unused = vault().destroy(reference);
            } catch (LakeportException e) {
                if (because == null) {
                    throw e;
                }
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
