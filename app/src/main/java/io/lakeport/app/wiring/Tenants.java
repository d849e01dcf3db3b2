package io.lakeport.app.wiring;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.UserConnections;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ports of every tenant, made when the tenant is first used. Thread-safe. */
public final class Tenants implements AutoCloseable {
    private final LakeportConfig config;
    private final SharedParts shared;
    private final Closer closer = new Closer();
    private final Map<TenantId, TenantPorts> ports = new ConcurrentHashMap<>();
    private final Map<ConnectionUser, TenantPorts> ofUsers = new ConcurrentHashMap<>();

    Tenants(LakeportConfig config, SharedParts shared) {
        this.config = config;
        this.shared = shared;
    }

    /** Returns what all tenants use together. */
    public SharedParts shared() {
        return shared;
    }

    /**
     * Returns the ports of a tenant.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is no such tenant
     */
    public TenantPorts of(String id) {
        Tenant tenant = config.tenant(id);
        return ports.computeIfAbsent(tenant.id(), key -> closer.add(new TenantPorts(tenant, shared, Optional.empty())));
    }

    /**
     * Returns the ports of a tenant for one of its users; warehouses and stores that they open see that user's rights.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is no such tenant; INVALID_REQUEST when its
     *     users share one credential
     */
    public TenantPorts of(String id, UserId user) {
        Tenant tenant = config.tenant(id);
        return ofUsers.computeIfAbsent(new ConnectionUser(tenant.id(), user), key -> {
            TenantPorts made = new TenantPorts(tenant, shared, Optional.of(user));
            TokenSource unused = made.tokens();
            return closer.add(made);
        });
    }

    /** Returns what users can do with their credentials. */
    public UserConnections users() {
        return SignIns.users(shared);
    }

    @Override
    public void close() {
        closer.close();
    }
}
