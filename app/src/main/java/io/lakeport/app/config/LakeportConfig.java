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
 * @param tenancy how the process looks after its tenants
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
        TenancySettings tenancy,
        List<Path> pluginDirectories,
        GuardSettings guards,
        List<String> warnings) {
    private static final int MOST_LISTED = 20;

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
                TenancySettings.standard(),
                List.of(),
                GuardSettings.defaults(),
                List.of());
    }

    /** Returns this configuration with other tenants. */
    public LakeportConfig withTenants(Map<TenantId, Tenant> others) {
        return copy(others, stores, memory, ledger, state, vault, tenancy);
    }

    /** Returns this configuration with the ledger kept elsewhere. */
    public LakeportConfig withLedger(LedgerSettings other) {
        return copy(tenants, stores, memory, other, state, vault, tenancy);
    }

    /** Returns this configuration with other ceilings of data in flight. */
    public LakeportConfig withMemory(MemorySettings other) {
        return copy(tenants, stores, other, ledger, state, vault, tenancy);
    }

    /** Returns this configuration with state kept elsewhere. */
    public LakeportConfig withState(StateSettings other) {
        return copy(tenants, stores, memory, ledger, other, vault, tenancy);
    }

    /** Returns this configuration with other master keys. */
    public LakeportConfig withVault(VaultSettings other) {
        return copy(tenants, stores, memory, ledger, state, Optional.of(other), tenancy);
    }

    /** Returns this configuration with tenants looked after otherwise. */
    public LakeportConfig withTenancy(TenancySettings other) {
        return copy(tenants, stores, memory, ledger, state, vault, other);
    }

    /** Returns this configuration with one more store. */
    public LakeportConfig withStore(String name, StoreSettings store) {
        Map<String, StoreSettings> more = new LinkedHashMap<>(stores);
        more.put(name, store);
        return copy(tenants, more, memory, ledger, state, vault, tenancy);
    }

    private LakeportConfig copy(
            Map<TenantId, Tenant> newTenants,
            Map<String, StoreSettings> newStores,
            MemorySettings newMemory,
            LedgerSettings newLedger,
            StateSettings newState,
            Optional<VaultSettings> newVault,
            TenancySettings newTenancy) {
        return new LakeportConfig(
                newTenants,
                sources,
                newStores,
                newMemory,
                newLedger,
                exports,
                newState,
                newVault,
                newTenancy,
                pluginDirectories,
                guards,
                warnings);
    }

    /** Returns this configuration with one more tenant, or with another in place of that of the same id. */
    public LakeportConfig withTenant(Tenant tenant) {
        Map<TenantId, Tenant> more = new LinkedHashMap<>(tenants);
        more.put(tenant.id(), tenant);
        return withTenants(more);
    }

    /** Returns this configuration with one more place, ending in a slash, to which a tenant may write. */
    public LakeportConfig withObjectPrefix(String tenantId, URI prefix) {
        Tenant old = tenant(tenantId);
        Set<URI> prefixes = new LinkedHashSet<>(old.scope().objectPrefixes());
        prefixes.add(prefix);
        Tenant widened = old.with(new TenantScope(
                old.scope().catalogs(),
                old.scope().schemas(),
                prefixes,
                old.scope().access()));
        Map<TenantId, Tenant> others = new LinkedHashMap<>(tenants);
        others.put(widened.id(), widened);
        return withTenants(others);
    }

    /**
     * Returns a tenant.
     *
     * @throws LakeportException NOT_FOUND with the ids there are, when there is none of that id
     */
    public Tenant tenant(String id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    /** Returns a tenant, empty when there is none of that id. */
    public Optional<Tenant> find(String id) {
        // A text that cannot be an id names no tenant, and is not worth another error.
        return TenantId.isLegal(id) ? Optional.ofNullable(tenants.get(TenantId.of(id))) : Optional.empty();
    }

    /** Returns the error for an id that no tenant has. */
    public LakeportException unknown(String id) {
        List<String> known = tenants.keySet().stream().map(TenantId::value).toList();
        return new LakeportException(
                CoreError.UNKNOWN_TENANT,
                "there is no tenant '" + id + "'" + Nearest.hint(id, known) + " (known: "
                        + (known.isEmpty() ? "none" : listed(known)) + ")");
    }

    private static String listed(List<String> known) {
        int shown = Math.min(known.size(), MOST_LISTED);
        return String.join(", ", known.subList(0, shown))
                + (known.size() > shown ? " and " + (known.size() - shown) + " more" : "");
    }

    /** Returns the settings with the longest root that covers a location. */
    public Optional<StoreSettings> storeFor(URI location) {
        return stores.values().stream()
                .filter(store -> store.covers(location))
                .max(Comparator.comparingInt(store -> store.root().toString().length()));
    }
}
