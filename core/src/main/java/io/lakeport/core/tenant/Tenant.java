package io.lakeport.core.tenant;

import io.lakeport.core.auth.IdentitySettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One customer: where its workspace is, how Lakeport signs in, what it may touch.
 *
 * @param id its name
 * @param host its workspace
 * @param warehouses the warehouses it may use, the default first; never empty
 * @param engine scheme of the warehouse provider that runs its statements, for example {@code sea} or {@code jdbc}
 * @param catalog default catalog of its statements, empty for the workspace's default
 * @param schema default schema of its statements, empty for the workspace's default
 * @param identity how it authenticates
 * @param isolation how it is kept apart from others in the same workspace
 * @param scope what it may touch
 * @param userAgent the name under which its calls appear
 * @param statementTimeout how long a statement may take when the caller gives no deadline; positive
 * @param policy how much it may use, how long its traces are kept, and who may see and change it
 */
public record Tenant(
        TenantId id,
        WorkspaceHost host,
        List<WarehouseId> warehouses,
        String engine,
        Optional<String> catalog,
        Optional<String> schema,
        IdentitySettings identity,
        Isolation isolation,
        TenantScope scope,
        UserAgentEntry userAgent,
        Duration statementTimeout,
        TenantPolicy policy) {
    public Tenant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(host, "host");
        warehouses = List.copyOf(warehouses);
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(policy, "policy");
        // The workspace's own default may be another tenant's.
        catalog = catalog.or(() -> scope.onlyCatalog());
        schema = schema.or(() -> scope.onlySchema());
        if (warehouses.isEmpty()) {
            throw new IllegalArgumentException("tenant '" + id + "' has no warehouse; give at least one warehouse id");
        }
        if (statementTimeout.isZero() || statementTimeout.isNegative()) {
            throw new IllegalArgumentException("tenant '" + id + "': the statement timeout must be positive");
        }
    }

    /** Creates a tenant without limits of its own. */
    public Tenant(
            TenantId id,
            WorkspaceHost host,
            List<WarehouseId> warehouses,
            String engine,
            Optional<String> catalog,
            Optional<String> schema,
            IdentitySettings identity,
            Isolation isolation,
            TenantScope scope,
            UserAgentEntry userAgent,
            Duration statementTimeout) {
        this(
                id,
                host,
                warehouses,
                engine,
                catalog,
                schema,
                identity,
                isolation,
                scope,
                userAgent,
                statementTimeout,
                TenantPolicy.NONE);
    }

    /** Returns this tenant with another policy. */
    public Tenant with(TenantPolicy other) {
        return new Tenant(
                id,
                host,
                warehouses,
                engine,
                catalog,
                schema,
                identity,
                isolation,
                scope,
                userAgent,
                statementTimeout,
                other);
    }

    /** Returns this tenant with another scope. */
    public Tenant with(TenantScope other) {
        return new Tenant(
                id,
                host,
                warehouses,
                engine,
                catalog,
                schema,
                identity,
                isolation,
                other,
                userAgent,
                statementTimeout,
                policy);
    }

    /** Returns the warehouse that is used when a caller names none. */
    public WarehouseId defaultWarehouse() {
        return warehouses.get(0);
    }
}
