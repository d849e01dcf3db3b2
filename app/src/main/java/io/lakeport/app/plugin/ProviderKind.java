package io.lakeport.app.plugin;

import io.lakeport.core.audit.AuditSourceProvider;
import io.lakeport.core.audit.LedgerProvider;
import io.lakeport.core.auth.IdTokenProvider;
import io.lakeport.core.auth.SignInCheckProvider;
import io.lakeport.core.auth.TokenCacheProvider;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.connector.ConnectorPlugin;
import io.lakeport.core.export.journal.JournalCodec;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.intake.IntakeCipher;
import io.lakeport.core.job.JobDeployerProvider;
import io.lakeport.core.manifest.ManifestCodec;
import io.lakeport.core.network.NetworkProvider;
import io.lakeport.core.query.WarehouseProvider;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.SecretVaultProvider;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import io.lakeport.core.state.StateStoreProvider;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.core.workspace.ControlPlaneProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A service that providers implement.
 *
 * @param <P> interface of the providers
 * @param label name for people, for example {@code warehouse}
 * @param type interface of the providers
 * @param names names by which a provider is chosen
 * @param host the providers that the host's class path or module path holds
 */
public record ProviderKind<P>(
        String label, Class<P> type, Function<P, Set<String>> names, Supplier<ServiceLoader<P>> host) {
    // ServiceLoader.load stands here once for each service: the module system wants the caller to name the class, and
    // the class loader is this class's own, because a host may call from a thread whose context loader sees nothing.
    private static final ClassLoader LOADER = ProviderKind.class.getClassLoader();

    /** Name of every manifest codec. */
    public static final String MANIFEST = "manifest";

    /** Name of every journal codec. */
    public static final String JOURNAL = "journal";

    /** Authentication methods. */
    public static final ProviderKind<TokenSourceProvider> TOKEN_SOURCE = new ProviderKind<>(
            "auth method",
            TokenSourceProvider.class,
            p -> Set.of(p.method()),
            () -> ServiceLoader.load(TokenSourceProvider.class, LOADER));
    /** What the host offers for workload identity federation. */
    public static final ProviderKind<IdTokenProvider> ID_TOKENS = new ProviderKind<>(
            "id token provider",
            IdTokenProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(IdTokenProvider.class, LOADER));
    /** Ways to try a credential. */
    public static final ProviderKind<SignInCheckProvider> SIGN_IN_CHECK = new ProviderKind<>(
            "sign-in check",
            SignInCheckProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(SignInCheckProvider.class, LOADER));
    /** Ways to look at the road to a server. */
    public static final ProviderKind<NetworkProvider> NETWORK = new ProviderKind<>(
            "network",
            NetworkProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(NetworkProvider.class, LOADER));
    /** Token caches. */
    public static final ProviderKind<TokenCacheProvider> TOKEN_CACHE = new ProviderKind<>(
            "token cache",
            TokenCacheProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(TokenCacheProvider.class, LOADER));
    /** Warehouse engines. */
    public static final ProviderKind<WarehouseProvider> WAREHOUSE = new ProviderKind<>(
            "warehouse engine",
            WarehouseProvider.class,
            p -> Set.of(p.scheme()),
            () -> ServiceLoader.load(WarehouseProvider.class, LOADER));
    /** Object stores. */
    public static final ProviderKind<ObjectStoreProvider> OBJECT_STORE = new ProviderKind<>(
            "object store",
            ObjectStoreProvider.class,
            ObjectStoreProvider::schemes,
            () -> ServiceLoader.load(ObjectStoreProvider.class, LOADER));
    /** File formats. */
    public static final ProviderKind<TableWriterProvider> TABLE_WRITER = new ProviderKind<>(
            "file format",
            TableWriterProvider.class,
            p -> Set.of(p.format()),
            () -> ServiceLoader.load(TableWriterProvider.class, LOADER));
    /** Forms in which manifests are written; one is enough, so they share a name. */
    public static final ProviderKind<ManifestCodec> MANIFEST_CODEC = new ProviderKind<>(
            "manifest codec",
            ManifestCodec.class,
            p -> Set.of(MANIFEST),
            () -> ServiceLoader.load(ManifestCodec.class, LOADER));
    /** Forms in which the records of runs are written; one is enough, so they share a name. */
    public static final ProviderKind<JournalCodec> JOURNAL_CODEC = new ProviderKind<>(
            "journal codec",
            JournalCodec.class,
            p -> Set.of(JOURNAL),
            () -> ServiceLoader.load(JournalCodec.class, LOADER));
    /** Ledgers. */
    public static final ProviderKind<LedgerProvider> LEDGER = new ProviderKind<>(
            "ledger",
            LedgerProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(LedgerProvider.class, LOADER));
    /** Audit sources. */
    public static final ProviderKind<AuditSourceProvider> AUDIT_SOURCE = new ProviderKind<>(
            "audit source",
            AuditSourceProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(AuditSourceProvider.class, LOADER));
    /** Control planes. */
    public static final ProviderKind<ControlPlaneProvider> CONTROL_PLANE = new ProviderKind<>(
            "control plane",
            ControlPlaneProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(ControlPlaneProvider.class, LOADER));
    /** Job deployers. */
    public static final ProviderKind<JobDeployerProvider> JOB_DEPLOYER = new ProviderKind<>(
            "job deployer",
            JobDeployerProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(JobDeployerProvider.class, LOADER));
    /** Workspace simulators. */
    public static final ProviderKind<WorkspaceSimulatorProvider> SIMULATOR = new ProviderKind<>(
            "workspace simulator",
            WorkspaceSimulatorProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(WorkspaceSimulatorProvider.class, LOADER));
    /** State stores. */
    public static final ProviderKind<StateStoreProvider> STATE_STORE = new ProviderKind<>(
            "state store",
            StateStoreProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(StateStoreProvider.class, LOADER));
    /** Master keys. */
    public static final ProviderKind<KeyProvider> KEY_PROVIDER = new ProviderKind<>(
            "key provider",
            KeyProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(KeyProvider.class, LOADER));
    /** Vaults. */
    public static final ProviderKind<SecretVaultProvider> SECRET_VAULT = new ProviderKind<>(
            "secret vault",
            SecretVaultProvider.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(SecretVaultProvider.class, LOADER));
    /** Ways to seal a secret on its way to the vault. */
    public static final ProviderKind<IntakeCipher> INTAKE_CIPHER = new ProviderKind<>(
            "intake cipher",
            IntakeCipher.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(IntakeCipher.class, LOADER));
    /** Connector plugins. */
    public static final ProviderKind<ConnectorPlugin> CONNECTOR = new ProviderKind<>(
            "connector plugin",
            ConnectorPlugin.class,
            p -> Set.of(p.name()),
            () -> ServiceLoader.load(ConnectorPlugin.class, LOADER));

    static final List<ProviderKind<?>> ALL = List.of(
            TOKEN_SOURCE,
            ID_TOKENS,
            SIGN_IN_CHECK,
            NETWORK,
            TOKEN_CACHE,
            WAREHOUSE,
            CONTROL_PLANE,
            JOB_DEPLOYER,
            OBJECT_STORE,
            TABLE_WRITER,
            MANIFEST_CODEC,
            JOURNAL_CODEC,
            LEDGER,
            AUDIT_SOURCE,
            STATE_STORE,
            KEY_PROVIDER,
            SECRET_VAULT,
            INTAKE_CIPHER,
            SIMULATOR,
            CONNECTOR);
}
