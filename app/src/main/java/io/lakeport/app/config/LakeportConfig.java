package io.lakeport.app.config;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration. Immutable; read from a file by {@link ConfigFile} or put together by a host.
 *
 * @param tenants tenants by id, in document order
 * @param sources the table that each tenant has imported window by window, where it names one
 * @param stores settings of object stores, by name
 * @param memory ceilings of data in flight
 * @param ledger where the statement ledger is kept
 * @param exports what exports may use, and how they are signed
 * @param state where what outlives the process is kept
 * @param vault where master keys are; empty when no secret is sealed
 * @param pluginDirectories directories that hold one sub-directory for each plugin
 * @param guards limits around every exchange
 * @param warnings what is legal and probably not meant, one sentence each
 */
public record LakeportConfig(
        Map<TenantId, Tenant> tenants,
        Map<TenantId, SourceSettings> sources,
        Map<String, StoreSettings> stores,
        MemorySettings memory,
        LedgerSettings ledger,
        ExportSettings exports,
        StateSettings state,
        Optional<VaultSettings> vault,
        List<Path> pluginDirectories,
        GuardSettings guards,
        List<String> warnings) {
    public LakeportConfig {
        tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
        sources = Map.copyOf(sources);
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        pluginDirectories = List.copyOf(pluginDirectories);
        warnings = List.copyOf(warnings);
    }

    /** Returns a configuration of those tenants, with defaults for everything else. */
    public static LakeportConfig of(Tenant... tenants) {
        Map<TenantId, Tenant> byId = new LinkedHashMap<>();
        Arrays.stream(tenants).forEach(tenant -> byId.put(tenant.id(), tenant));
        return new LakeportConfig(
                byId,
                Map.of(),
                Map.of(),
                MemorySettings.defaults(),
                LedgerSettings.inMemory(),
                ExportSettings.defaults(),
                StateSettings.inMemory(),
                Optional.empty(),
                List.of(),
                GuardSettings.defaults(),
                List.of());
    }

    /** Returns this configuration with the ledger kept elsewhere. */
    public LakeportConfig withLedger(LedgerSettings other) {
        return new LakeportConfig(
                tenants, sources, stores, memory, other, exports, state, vault, pluginDirectories, guards, warnings);
    }

    /** Returns this configuration with state kept elsewhere. */
    public LakeportConfig withState(StateSettings other) {
        return new LakeportConfig(
                tenants, sources, stores, memory, ledger, exports, other, vault, pluginDirectories, guards, warnings);
    }

    /** Returns this configuration with other master keys. */
    public LakeportConfig withVault(VaultSettings other) {
        return new LakeportConfig(
                tenants,
                sources,
                stores,
                memory,
                ledger,
                exports,
                state,
                Optional.of(other),
                pluginDirectories,
                guards,
                warnings);
    }

    /** Returns this configuration with one more store. */
    public LakeportConfig withStore(String name, StoreSettings store) {
        Map<String, StoreSettings> more = new LinkedHashMap<>(stores);
        more.put(name, store);
        return new LakeportConfig(
                tenants, sources, more, memory, ledger, exports, state, vault, pluginDirectories, guards, warnings);
    }

    /** Returns this configuration with one more tenant, or with another in place of that of the same id. */
    public LakeportConfig withTenant(Tenant tenant) {
        Map<TenantId, Tenant> more = new LinkedHashMap<>(tenants);
        more.put(tenant.id(), tenant);
        return new LakeportConfig(
                more, sources, stores, memory, ledger, exports, state, vault, pluginDirectories, guards, warnings);
    }

    /** Returns this configuration with one more place, ending in a slash, to which a tenant may write. */
    public LakeportConfig withObjectPrefix(String tenantId, URI prefix) {
        Tenant old = tenant(tenantId);
        Set<URI> prefixes = new LinkedHashSet<>(old.scope().objectPrefixes());
        prefixes.add(prefix);
        Tenant widened = new Tenant(
                old.id(),
                old.host(),
                old.warehouses(),
                old.engine(),
                old.catalog(),
                old.schema(),
                old.identity(),
                old.isolation(),
                new TenantScope(old.scope().catalogs(), prefixes, old.scope().access()),
                old.userAgent(),
                old.statementTimeout());
        Map<TenantId, Tenant> others = new LinkedHashMap<>(tenants);
        others.put(widened.id(), widened);
        return new LakeportConfig(
                others, sources, stores, memory, ledger, exports, state, vault, pluginDirectories, guards, warnings);
    }

    /**
     * Returns a tenant.
     *
     * @throws LakeportException NOT_FOUND with the ids there are, when there is none of that id
     */
    public Tenant tenant(String id) {
        return tenants.values().stream()
                .filter(tenant -> tenant.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private LakeportException unknown(String id) {
        List<String> known = tenants.keySet().stream().map(TenantId::value).toList();
        return new LakeportException(
                CoreError.UNKNOWN_TENANT,
                "there is no tenant '" + id + "'" + Nearest.hint(id, known) + " (known: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)) + ")");
    }

    /** Returns the settings with the longest root that covers a location. */
    public Optional<StoreSettings> storeFor(URI location) {
        return stores.values().stream()
                .filter(store -> store.covers(location))
                .max(Comparator.comparingInt(store -> store.root().toString().length()));
    }
}
