package io.lakeport.app.wiring;

import io.lakeport.app.config.ExportSettings;
import io.lakeport.app.config.MemorySettings;
import io.lakeport.app.config.StoreSettings;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.RecordingWarehouse;
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
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.TrackedWarehouse;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.WorkspaceAccess;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.core.workspace.ControlPlaneProvider;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one tenant, each made when it is first asked for: a process with a thousand tenants starts as fast as
 * one with a single tenant. Thread-safe.
 */
public final class TenantPorts implements AutoCloseable {
    private final Tenant tenant;
    private final SharedParts shared;
    private final Optional<UserId> user;
    private final Providers providers;
    private final Closer closer = new Closer();
    private final Map<WarehouseId, Warehouse> warehouses = new HashMap<>();
    private final Map<String, AuditSource> audits = new HashMap<>();
    private @Nullable TokenSource tokens;
    private @Nullable ControlPlane controlPlane;
    private @Nullable JobDeployer jobs;

    TenantPorts(Tenant tenant, SharedParts shared, Optional<UserId> user) {
        this.user = user;
        this.tenant = tenant;
        this.shared = shared;
        this.providers = shared.providers();
    }

    /** Returns whose ports they are. */
    public Tenant tenant() {
        return tenant;
    }

    /** Returns what all tenants use together. */
    public SharedParts shared() {
        return shared;
    }

    /** Returns the tokens of the tenant, cached, or of its user. */
    public synchronized TokenSource tokens() {
        if (tokens == null) {
            tokens = new SignIns(tenant, shared).tokens(user);
        }
        return tokens;
    }

    /** Tries the credential at the workspace. */
    public SignedIn checkSignIn(Deadline deadline) {
        return new SignIns(tenant, shared).check(tokens(), deadline);
    }

    /** Signs in with another secret than the tenant's, and remembers nothing of it. */
    void trySecret(String name, Secret candidate, Deadline deadline) {
        new SignIns(tenant, shared).trySecret(name, candidate, deadline);
    }

    /** Returns the tenant's default warehouse. */
    public Warehouse warehouse() {
        return warehouse(tenant.defaultWarehouse());
    }

    /**
     * Returns one of the tenant's warehouses; every statement passes the tenant's scope and is recorded.
     *
     * @throws LakeportException PERMISSION_DENIED when the warehouse is not one of the tenant's
     */
    public synchronized Warehouse warehouse(WarehouseId id) {
        if (!tenant.warehouses().contains(id)) {
            throw new LakeportException(
                    CoreError.OUT_OF_SCOPE,
                    "tenant '" + tenant.id() + "' has no warehouse '" + id + "'; it has " + tenant.warehouses());
        }
        return new ScopedWarehouse(tenant, recorded(id));
    }

    private Warehouse open(WarehouseId id) {
        MemoryBudget budget = shared.memory()
                .child(
                        "tenant " + tenant.id() + ", warehouse " + id,
                        shared.config().memory().statement());
        Warehouse bare = providers
                .require(ProviderKind.WAREHOUSE, tenant.engine())
                .open(new WarehouseContext(
                        tenant,
                        id,
                        tokens(),
                        budget,
                        shared.guard(),
                        shared.clock(),
                        shared.config().guards().retry().lookup()));
        Warehouse tracked = new TrackedWarehouse(bare, tenant.id(), id, shared.running(), shared.clock());
        return new RecordingWarehouse(tracked, tenant.id(), id, shared.ledger(), shared.clock());
    }

    /** Lakeport's own statements read system tables, which are in no tenant's scope. */
    private Warehouse ownWarehouse() {
        return recorded(tenant.defaultWarehouse());
    }

    private synchronized Warehouse recorded(WarehouseId id) {
        return warehouses.computeIfAbsent(id, key -> closer.add(open(key)));
    }

    /** Returns the warehouses that the tenant is given, to be looked at and run. */
    public WarehouseControl warehouseControl() {
        return new ScopedWarehouses(tenant, controlPlane().warehouses());
    }

    /**
     * Returns the workspace's REST API.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when no provider is there
     */
    public synchronized ControlPlane controlPlane() {
        if (controlPlane == null) {
            controlPlane = closer.add(controlPlanes().open(tenant, tokens(), shared.guard()));
        }
        return controlPlane;
    }

    private ControlPlaneProvider controlPlanes() {
        return providers.all(ProviderKind.CONTROL_PLANE).values().stream()
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
        return controlPlanes()
                .openAccount(account, tenant, new SignIns(tenant, shared).accountTokens(account), shared.guard());
    }

    /** Returns the audit source of that name. */
    public synchronized AuditSource audit(String name) {
        return audits.computeIfAbsent(
                name,
                key -> closer.add(providers
                        .require(ProviderKind.AUDIT_SOURCE, key)
                        .open(tenant, tokens(), ownWarehouse(), shared.guard())));
    }

    /**
     * Returns the use case that exports this tenant's tables.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when nothing can write manifests
     */
    public ExportService exports() {
        ExportSettings settings = shared.config().exports();
        ManifestCodec manifests = providers.require(ProviderKind.MANIFEST_CODEC, ProviderKind.MANIFEST);
        ExportPorts ports = new ExportPorts(
                tenant,
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
        return providers.all(ProviderKind.JOB_DEPLOYER).isEmpty()
                ? Optional.empty()
                : Optional.of(new JobEngine(this::jobs));
    }

    /**
     * Returns the tenant's jobs in its workspace.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when no provider is there
     */
    public synchronized JobDeployer jobs() {
        if (jobs == null) {
            jobs = closer.add(providers.all(ProviderKind.JOB_DEPLOYER).values().stream()
                    .findFirst()
                    .orElseThrow(() -> new LakeportException(
                            CoreError.PROVIDER_MISSING,
                            "there is no job deployer; put the lakeport-audit-adapter jar on the class path"))
                    .open(tenant, tokens(), shared.guard()));
        }
        return jobs;
    }

    /** Encoding draws on the process's budget as results do, and never waits for what only a result could give back. */
    private ExportTuning tuning() {
        MemorySettings memory = shared.config().memory();
        ExportSettings settings = shared.config().exports();
        long encoding = settings.memory()
                .orElseGet(() -> Math.max(memory.process() / 4, memory.process() - memory.statement()));
        return settings.tuning(shared.memory().child("exports of tenant " + tenant.id(), encoding));
    }

    /**
     * Returns the use case that checks this tenant's connection.
     *
     * @throws LakeportException INVALID_REQUEST (PROVIDER_MISSING) when nothing can look at the network
     */
    public Doctor doctor() {
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
        return providers.all(ProviderKind.NETWORK).values().stream()
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
        tenant.scope().requireObjectAccess(tenant.id(), root);
        Optional<StoreSettings> settings = shared.config().storeFor(root);
        return providers
                .require(ProviderKind.OBJECT_STORE, String.valueOf(root.getScheme()))
                .open(new ObjectStoreContext(
                        root,
                        settings.map(StoreSettings::properties).orElse(Map.of()),
                        settings.map(StoreSettings::secrets).orElse(Map.of()),
                        tenant.id(),
                        tenant.userAgent(),
                        shared.guard(),
                        Optional.of(new WorkspaceAccess(tenant.host(), tokens()))));
    }

    @Override
    public void close() {
        shared.results().forget(tenant.id());
        closer.close();
    }
}
