package io.lakeport.app.wiring;

import io.lakeport.app.config.ExportSettings;
import io.lakeport.app.config.MemorySettings;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.doctor.Patient;
import io.lakeport.core.doctor.walk.Doctor;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.job.JobEngine;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.manifest.ManifestCodec;
import io.lakeport.core.manifest.ManifestSigner;
import io.lakeport.core.network.Network;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.core.workspace.ControlPlaneProvider;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one tenant. It can be held for as long as one likes: what is behind it is opened when it is needed, closed
 * when the tenant rests, and opened anew when its settings changed; a tenant at rest costs next to nothing. Thread-safe.
 */
public final class TenantPorts implements AutoCloseable {
    private final TenantId id;
    private final SharedParts shared;
    private final Optional<UserId> user;
    private final Activity activity;
    private @Nullable TenantParts parts;

    TenantPorts(TenantId id, SharedParts shared, Optional<UserId> user, Activity activity) {
        this.id = id;
        this.user = user;
        this.shared = shared;
        this.activity = activity;
    }

    /** Returns whose ports they are. */
    public TenantId id() {
        return id;
    }

    /**
     * Returns the tenant as it is now.
     *
     * @throws LakeportException NOT_FOUND or PERMISSION_DENIED when it cannot be used any more
     */
    public Tenant tenant() {
        return shared.directory().require(id.value()).tenant();
    }

    /** Returns what all tenants use together. */
    public SharedParts shared() {
        return shared;
    }

    private TenantParts parts() {
        TenantParts now = current();
        activity.touch(this);
        return now;
    }

    private TenantParts current() {
        TenantDirectory.Known known = shared.directory().require(id.value());
        TenantParts old = null;
        TenantParts now;
        synchronized (this) {
            if (parts != null && parts.version() != known.version()) {
                old = parts;
                parts = null;
            }
            if (parts == null) {
                if (old != null) {
                    // What was learnt by the old settings may be wrong by the new ones.
                    shared.cache().forget(id);
                    shared.results().forget(id);
                }
                parts = new TenantParts(known.tenant(), known.version(), shared, user);
            }
            now = parts;
        }
        if (old != null) {
            var unused = old.retire();
        }
        return now;
    }

    /** Begins a call of a warehouse, which keeps what is behind it open. */
    LeasedUse enter(WarehouseId warehouse, String tag) {
        LeasedUse use;
        synchronized (this) {
            TenantParts now = current();
            if (!now.tenant().warehouses().contains(warehouse)) {
                throw foreign(now.tenant(), warehouse);
            }
            use = now.enter(warehouse, tag);
        }
        activity.touch(this);
        return use;
    }

    private static LakeportException foreign(Tenant tenant, WarehouseId id) {
        return new LakeportException(
                        CoreError.OUT_OF_SCOPE,
                        "tenant '" + tenant.id() + "' has no warehouse '" + id + "'; it has " + tenant.warehouses())
                .with("tenant", tenant.id().value());
    }

    /** Closes what is open unless it is used; returns whether nothing is open now. */
    synchronized boolean rest() {
        if (parts == null) {
            return true;
        }
        if (parts.isUsed()) {
            return false;
        }
        var unused = parts.retire();
        parts = null;
        return true;
    }

    /** Takes what is open away from those who call from now on; returns it, for what still runs to be ended. */
    synchronized Optional<TenantParts> take() {
        Optional<TenantParts> taken = Optional.ofNullable(parts);
        parts = null;
        activity.forget(this);
        return taken;
    }

    /** Returns the tokens of the tenant, cached, or of its user. */
    public TokenSource tokens() {
        return parts().tokens();
    }

    /** Tries the credential at the workspace. */
    public SignedIn checkSignIn(Deadline deadline) {
        TenantParts now = parts();
        return new SignIns(now.tenant(), shared).check(now.tokens(), deadline);
    }

    SignIns signIns() {
        return new SignIns(tenant(), shared);
    }

    /** Signs in with another secret than the tenant's, and remembers nothing of it. */
    void trySecret(String name, Secret candidate, Deadline deadline) {
        new SignIns(tenant(), shared).trySecret(name, candidate, deadline);
    }

    /** Returns the tenant's default warehouse. */
    public Warehouse warehouse() {
        return warehouse(tenant().defaultWarehouse());
    }

    /**
     * Returns one of the tenant's warehouses; every statement passes the tenant's scope and is recorded.
     *
     * @throws LakeportException PERMISSION_DENIED when the warehouse is not one of the tenant's
     */
    public Warehouse warehouse(WarehouseId warehouse) {
        Tenant now = tenant();
        if (!now.warehouses().contains(warehouse)) {
            throw foreign(now, warehouse);
        }
        return new LeasedWarehouse(this, warehouse, true);
    }

    /** Lakeport's own statements read system tables, which are in no tenant's scope. */
    private Warehouse ownWarehouse() {
        return new LeasedWarehouse(this, tenant().defaultWarehouse(), false);
    }

    /** Returns the warehouses that the tenant is given, to be looked at and run. */
    public WarehouseControl warehouseControl() {
        return new ScopedWarehouses(tenant(), controlPlane().warehouses());
    }

    /**
     * Returns the workspace's REST API.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when no provider is there
     */
    public ControlPlane controlPlane() {
        return parts().controlPlane();
    }

    private ControlPlaneProvider controlPlanes() {
        return shared.providers().all(ProviderKind.CONTROL_PLANE).values().stream()
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "there is no control plane; put the lakeport-audit-adapter jar on the class path"));
    }

    /**
     * Returns the REST API of an account, as the tenant's identity.
     *
     * @throws LakeportException INVALID_REQUEST when the identity cannot sign in at an account
     */
    public AccountPlane account(DatabricksAccount account) {
        Tenant now = tenant();
        return controlPlanes()
                .openAccount(account, now, new SignIns(now, shared).accountTokens(account), shared.guard());
    }

    /** Returns the audit source of that name. */
    public AuditSource audit(String name) {
        return parts().audit(name, ownWarehouse());
    }

    /**
     * Returns the use case that exports this tenant's tables.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when nothing can write manifests
     */
    public ExportService exports() {
        ExportSettings settings = shared.config().exports();
        Providers providers = shared.providers();
        ManifestCodec manifests = providers.require(ProviderKind.MANIFEST_CODEC, ProviderKind.MANIFEST);
        ExportPorts ports = new ExportPorts(
                tenant(),
                warehouse(),
                shared.rows(),
                this::store,
                format -> providers.require(ProviderKind.TABLE_WRITER, format),
                manifests,
                providers.require(ProviderKind.JOURNAL_CODEC, ProviderKind.JOURNAL),
                settings.signingKey().map(key -> new ManifestSigner(key, manifests)),
                tuning(),
                shared.clock());
        return new ExportService(ports, new EngineRoster(settings.engines(), settings.unloadFrom(), jobEngine()));
    }

    private Optional<Engine> jobEngine() {
        return shared.providers().all(ProviderKind.JOB_DEPLOYER).isEmpty()
                ? Optional.empty()
                : Optional.of(new JobEngine(this::jobs));
    }

    /**
     * Returns the tenant's jobs in its workspace.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when no provider is there
     */
    public JobDeployer jobs() {
        return parts().jobs();
    }

    /** Encoding draws on the process's budget as results do, and never waits for what only a result could give back. */
    private ExportTuning tuning() {
        MemorySettings memory = shared.config().memory();
        ExportSettings settings = shared.config().exports();
        long encoding = settings.memory()
                .orElseGet(() -> Math.max(memory.process() / 4, memory.process() - memory.statement()));
        return settings.tuning(shared.memory().child("exports of tenant " + id, encoding));
    }

    /**
     * Returns the use case that checks this tenant's connection.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when nothing can look at the network
     */
    public Doctor doctor() {
        Tenant tenant = tenant();
        SignIns signIns = new SignIns(tenant, shared);
        TokenSource fresh = deadline -> signIns.fresh(user).token(deadline);
        return new Doctor(new Patient(
                tenant,
                network(),
                fresh,
                deadline -> signIns.check(fresh, deadline),
                this::controlPlane,
                this::ownWarehouse,
                shared.rows(),
                shared.clock()));
    }

    private Network network() {
        return shared.providers().all(ProviderKind.NETWORK).values().stream()
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "nothing can look at the network; put the lakeport-auth jar on the class path or module path"))
                .open();
    }

    /**
     * Opens the store whose root is {@code root}; the caller closes it.
     *
     * @throws LakeportException PERMISSION_DENIED when the tenant may not write there
     */
    public ObjectStore store(URI root) {
        return parts().store(root);
    }

    /** Cancels what runs and closes what is open. */
    @Override
    public void close() {
        take().ifPresent(TenantParts::close);
    }
}
