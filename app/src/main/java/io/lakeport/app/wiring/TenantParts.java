package io.lakeport.app.wiring;

import io.lakeport.app.config.MemorySettings;
import io.lakeport.app.config.StoreSettings;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.RecordingWarehouse;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.TrackedWarehouse;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.WorkspaceAccess;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant with one version of its settings has open: tokens, warehouses, the workspace's API. It is closed when it
 * rests and nobody uses it, and made anew when it is used again. Thread-safe.
 */
final class TenantParts {
    private final Tenant tenant;
    private final long version;
    private final SharedParts shared;
    private final TokenSource tokens;
    private final MemoryBudget memory;
    private final Closer closer = new Closer();
    private final Map<WarehouseId, Warehouse> warehouses = new HashMap<>();
    private final Map<String, AuditSource> audits = new HashMap<>();
    private final Set<LeasedUse> uses = new HashSet<>();
    private @Nullable ControlPlane controlPlane;
    private @Nullable JobDeployer jobs;
    /** Nothing new begins; what runs may still sign in, to be ended. */
    private volatile boolean retired;

    TenantParts(Tenant tenant, long version, SharedParts shared, Optional<UserId> user) {
        this.tenant = tenant;
        this.version = version;
        this.shared = shared;
        this.tokens = gated(new SignIns(tenant, shared).tokens(user));
        this.memory = shared.memory().child("tenant " + tenant.id(), share(shared));
    }

    /** However many results one tenant leaves unread, a quarter of the memory is left to the others. */
    private static long share(SharedParts shared) {
        MemorySettings memory = shared.config().memory();
        return shared.config().tenants().size() == 1
                ? memory.process()
                : Math.max(memory.statement(), memory.process() / 4 * 3);
    }

    Tenant tenant() {
        return tenant;
    }

    long version() {
        return version;
    }

    TokenSource tokens() {
        return tokens;
    }

    /** Whoever still holds a port of a tenant that was suspended gets no token any more. */
    private TokenSource gated(TokenSource origin) {
        return new TokenSource() {
            @Override
            public AccessToken token(Deadline deadline) {
                if (!retired) {
                    TenantDirectory.Known unused =
                            shared.directory().require(tenant.id().value());
                }
                return origin.token(deadline);
            }

            @Override
            public void reject(AccessToken refused) {
                origin.reject(refused);
            }
        };
    }

    /** Begins a use, which keeps the parts open until it ends. */
    synchronized LeasedUse enter(WarehouseId warehouse, String tag) {
        if (retired) {
            throw new IllegalStateException("these parts of tenant '" + tenant.id() + "' are retired");
        }
        LeasedUse use = new LeasedUse(this, warehouse, tag);
        uses.add(use);
        return use;
    }

    synchronized void exit(LeasedUse use) {
        uses.remove(use);
        notifyAll();
        if (retired && uses.isEmpty()) {
            closer.close();
        }
    }

    /** Lets nothing begin any more, and closes once nothing runs; returns what runs. */
    synchronized Set<LeasedUse> retire() {
        retired = true;
        if (uses.isEmpty()) {
            closer.close();
        }
        return Set.copyOf(uses);
    }

    /** Waits until nothing uses them any more; returns whether that came true in time. */
    synchronized boolean awaitUnused(Deadline deadline) {
        try {
            while (!uses.isEmpty()) {
                long millis = deadline.remaining().toMillis();
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized boolean isUsed() {
        return !uses.isEmpty();
    }

    /** Closes at once; what runs is cancelled. */
    void close() {
        retired = true;
        closer.close();
    }

    boolean isRetired() {
        return retired;
    }

    /** Returns a warehouse whose statements are recorded. */
    synchronized Warehouse recorded(WarehouseId id) {
        return warehouses.computeIfAbsent(id, key -> closer.add(open(key)));
    }

    private Warehouse open(WarehouseId id) {
        MemoryBudget budget = memory.child(
                "tenant " + tenant.id() + ", warehouse " + id,
                shared.config().memory().statement());
        Warehouse bare = shared.providers()
                .require(ProviderKind.WAREHOUSE, tenant.engine())
                .open(new WarehouseContext(
                        tenant,
                        id,
                        tokens,
                        budget,
                        shared.guard(),
                        shared.clock(),
                        shared.config().guards().retry().lookup()));
        Warehouse tracked = new TrackedWarehouse(bare, tenant.id(), id, shared.running(), shared.clock());
        return new RecordingWarehouse(tracked, tenant.id(), id, shared.ledger(), shared.clock());
    }

    synchronized ControlPlane controlPlane() {
        if (controlPlane == null) {
            controlPlane = closer.add(shared.providers().all(ProviderKind.CONTROL_PLANE).values().stream()
                    .findFirst()
                    .orElseThrow(() -> missing("control plane"))
                    .open(tenant, tokens, shared.guard()));
        }
        return controlPlane;
    }

    synchronized AuditSource audit(String name, Warehouse warehouse) {
        return audits.computeIfAbsent(
                name,
                key -> closer.add(shared.providers()
                        .require(ProviderKind.AUDIT_SOURCE, key)
                        .open(tenant, tokens, warehouse, shared.guard())));
    }

    synchronized JobDeployer jobs() {
        if (jobs == null) {
            jobs = closer.add(shared.providers().all(ProviderKind.JOB_DEPLOYER).values().stream()
                    .findFirst()
                    .orElseThrow(() -> missing("job deployer"))
                    .open(tenant, tokens, shared.guard()));
        }
        return jobs;
    }

    private static LakeportException missing(String what) {
        return new LakeportException(
                CoreError.PROVIDER_MISSING,
                "there is no " + what + "; put the lakeport-audit-adapter jar on the class path");
    }

    /** Opens a store, which the caller closes. */
    ObjectStore store(URI root) {
        tenant.scope().requireObjectAccess(tenant.id(), root);
        Optional<StoreSettings> settings = shared.config().storeFor(root);
        Map<String, String> properties = shared.config()
                .exports()
                .residency()
                .storeProperties(root, settings.map(StoreSettings::properties).orElse(Map.of()));
        return shared.providers()
                .require(ProviderKind.OBJECT_STORE, String.valueOf(root.getScheme()))
                .open(new ObjectStoreContext(
                        root,
                        properties,
                        settings.map(StoreSettings::secrets).orElse(Map.of()),
                        tenant.id(),
                        tenant.userAgent(),
                        shared.guard(),
                        Optional.of(new WorkspaceAccess(tenant.host(), tokens))));
    }
}
