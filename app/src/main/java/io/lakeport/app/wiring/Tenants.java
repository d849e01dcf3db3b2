package io.lakeport.app.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.user.ConnectionUser;
import io.lakeport.core.auth.user.UserConnections;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ports of every tenant, made when the tenant is first used. Thread-safe. */
public final class Tenants implements AutoCloseable {
    private final SharedParts shared;
    private final Activity activity;
    private final Map<TenantId, TenantPorts> ports = new ConcurrentHashMap<>();
    /** Ports of users that nobody holds and that hold no connection are forgotten: there may be millions of users. */
    private final Cache<ConnectionUser, TenantPorts> ofUsers =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private volatile boolean closed;

    Tenants(LakeportConfig config, SharedParts shared) {
        this.shared = shared;
        this.activity =
                new Activity(config.tenancy().mostActive(), config.tenancy().idle());
    }

    /** Returns what all tenants use together. */
    public SharedParts shared() {
        return shared;
    }

    /**
     * Returns the ports of a tenant.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND when there is no such tenant, or it is deleted;
     *     PERMISSION_DENIED when it is suspended
     */
    public TenantPorts of(String id) {
        TenantId tenant = require(id);
        return ports.computeIfAbsent(tenant, key -> new TenantPorts(key, shared, Optional.empty(), activity));
    }

    /**
     * Returns the ports of a tenant for one of its users; warehouses and stores that they open see that user's rights.
     *
     * @throws io.lakeport.core.error.LakeportException as {@link #of(String)} throws; INVALID_REQUEST when its users
     *     share one credential
     */
    public TenantPorts of(String id, UserId user) {
        TenantId tenant = require(id);
        TenantPorts made = Objects.requireNonNull(ofUsers.get(
                new ConnectionUser(tenant, user), key -> new TenantPorts(tenant, shared, Optional.of(user), activity)));
        TokenSource unused = made.tokens();
        return made;
    }

    private TenantId require(String id) {
        if (closed) {
            throw new IllegalStateException("Lakeport was closed; build another one");
        }
        return shared.directory().require(id).tenant().id();
    }

    /** Returns what users can do with their credentials. */
    public UserConnections users() {
        return SignIns.users(shared);
    }

    /** Returns what ends statements of tenants and deletes them. */
    public TenantEnding ending() {
        return new TenantEnding(shared, this::forgotten);
    }

    /** Forgets the ports of a tenant and of its users; returns what they have open. */
    private List<TenantParts> forgotten(TenantId id) {
        List<TenantParts> open = new ArrayList<>();
        Optional.ofNullable(ports.remove(id)).flatMap(TenantPorts::take).ifPresent(open::add);
        ofUsers.asMap().forEach((owner, held) -> {
            if (owner.tenant().equals(id)) {
                held.take().ifPresent(open::add);
                ofUsers.invalidate(owner);
            }
        });
        return open;
    }

    /** Returns how many tenants hold connections. */
    public int active() {
        return activity.size();
    }

    @Override
    public void close() {
        closed = true;
        Closer closer = new Closer();
        activity.drain().forEach(closer::add);
        closer.close();
    }
}
