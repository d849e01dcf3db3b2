package io.lakeport.app;

import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.plugin.PluginReport;
import io.lakeport.app.wiring.Connectors;
import io.lakeport.app.wiring.HostParts;
import io.lakeport.app.wiring.SharedParts;
import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.app.wiring.Wiring;
import io.lakeport.core.auth.IdTokenProvider;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.user.UserConnections;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Reaper;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host application embeds: one instance for the process, with all of its customers as tenants.
 *
 * <pre>{@code
 * try (Lakeport lakeport = Lakeport.builder().config(Path.of("lakeport.json")).build();
 *         RowCursor rows = lakeport.tenant("acme").query("SELECT 1").rows()) {
 *     while (rows.next()) { … }
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@link #close()} cancels what still runs.
 */
public final class Lakeport implements AutoCloseable {
    private static final Duration EXPORT_GRACE = Duration.ofHours(1);

    private final LakeportConfig config;
    private final Wiring wiring;
    private final AsyncCalls async = new AsyncCalls();
    private final ConcurrentMap<TenantId, TenantClient> clients = new ConcurrentHashMap<>();

    private Lakeport(LakeportConfig config, Wiring wiring) {
        this.config = config;
        this.wiring = wiring;
    }

    /** Begins an instance. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the life of tenants: who they are, and how they are created, suspended, resumed and deleted. */
    public TenantAdmin tenants() {
        return new TenantAdmin(config, wiring.tenants(), Optional.empty());
    }

    /**
     * Returns what can be done for a tenant; the same object for the same id. No network call is made.
     *
     * @throws LakeportException NOT_FOUND with the ids there are, or when it is deleted; PERMISSION_DENIED when it is
     *     suspended
     */
    public TenantClient tenant(String id) {
        TenantPorts ports = wiring.tenants().of(id);
        return clients.computeIfAbsent(ports.id(), key -> new TenantClient(ports, async, user -> client(id, user)));
    }

    private TenantClient client(String id, UserId user) {
        return new TenantClient(wiring.tenants().of(id, user), async, other -> client(id, other));
    }

    /**
     * Returns what users can do with the connections on which each of them has a credential: sign in, enter, see, try
     * and revoke.
     */
    public UserConnections users() {
        return wiring.tenants().users();
    }

    /** Returns the configuration. */
    public LakeportConfig config() {
        return config;
    }

    /** Returns which providers and plugins were found, and which are broken. */
    public PluginReport plugins() {
        return wiring.tenants().shared().providers().report();
    }

    /** Returns the connectors that plugins brought: what each does, by kind. */
    public Map<String, String> connectors() {
        return new Connectors(wiring.tenants().shared().providers()).descriptions();
    }

    /**
     * Ends statements of processes that died on this host, leaving those of exports that began within the last hour to
     * a resumed run. A host calls it when it starts. It needs a directory for the ledger ({@code ledger.directory}),
     * because only then is anything known of other processes.
     *
     * @param timeout for all of them together; positive
     * @return each statement and what became of it; empty when there were none
     */
    public List<Reaper.Reaped> reap(Duration timeout) {
        return reap(EXPORT_GRACE, timeout);
    }

    /** Does the same with another grace for exports. */
    public List<Reaper.Reaped> reap(Duration exportGrace, Duration timeout) {
        SharedParts shared = wiring.tenants().shared();
        Reaper reaper = new Reaper(
                shared.running(),
                statement -> wiring.tenants().of(statement.tenant().value()).warehouse(statement.warehouse()),
                exportGrace,
                shared.clock());
        return reaper.reap(Deadline.after(timeout));
    }

    /**
     * Returns what outlives the process: documents and leases by tenant. Without the section {@code state} of the
     * configuration it is in memory only. The database is opened by the first call.
     *
     * @throws LakeportException as {@link io.lakeport.core.state.StateStoreProvider#open} throws
     */
    public StateStore state() {
        return wiring.tenants().shared().state().store();
    }

    /**
     * Returns the vault, which keeps sealed secrets in {@link #state()}.
     *
     * @throws LakeportException INVALID_REQUEST when the section {@code vault} of the configuration is missing, or its
     *     master key cannot be used; as {@link #state()} throws
     */
    public SecretVault vault() {
        return wiring.tenants().shared().state().vault();
    }

    /** Returns what can be done about credentials of all tenants: rotate them, and see how they are. */
    public SecretsClient secrets() {
        return new SecretsClient(config, wiring.tenants());
    }

    /** Returns how many bytes of results and exports the process holds in flight. */
    public MemoryUse memory() {
        MemoryBudget memory = wiring.tenants().shared().memory();
        return new MemoryUse(memory.capacity(), memory.used(), memory.peak());
    }

    /** Cancels running statements and frees everything; idempotent. */
    @Override
    public void close() {
        try {
            async.close();
        } finally {
            wiring.close();
        }
    }

    /** Collects what an instance needs. Not thread-safe. */
    public static final class Builder {
        private @Nullable LakeportConfig config;
        private final List<Path> pluginDirectories = new ArrayList<>();
        private final List<TokenSourceProvider> authMethods = new ArrayList<>();
        private final List<IdTokenProvider> idTokens = new ArrayList<>();
        private Optional<UserCredentials> users = Optional.empty();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Adds an authentication method of the host's own; tenants choose it by its name. */
        public Builder authMethod(TokenSourceProvider method) {
            authMethods.add(Objects.requireNonNull(method, "method"));
            return this;
        }

        /** Adds a source of the platform's identity tokens, which method {@code oidc-federation} exchanges. */
        public Builder idTokens(IdTokenProvider provider) {
            idTokens.add(Objects.requireNonNull(provider, "provider"));
            return this;
        }

        /**
         * Sets where credentials of users are kept. Without it they are in the state store, sealed, when the configuration
         * has a vault, and end with the process when it has none.
         */
        public Builder userCredentials(UserCredentials store) {
            users = Optional.of(store);
            return this;
        }

        /**
         * Reads the configuration from a file; see {@link ConfigFile#load}.
         *
         * @throws LakeportException INVALID_REQUEST with line, key and remedy
         */
        public Builder config(Path file) {
            return config(ConfigFile.load(file));
        }

        /** Sets the configuration. */
        public Builder config(LakeportConfig configuration) {
            this.config = Objects.requireNonNull(configuration, "configuration");
            return this;
        }

        /** Adds a directory that holds one sub-directory for each plugin, after those of the configuration. */
        public Builder pluginDirectory(Path directory) {
            pluginDirectories.add(Objects.requireNonNull(directory, "directory"));
            return this;
        }

        /** Sets the clock that token expiry and records are told by; the system's when not set. */
        public Builder clock(Clock other) {
            this.clock = Objects.requireNonNull(other, "other");
            return this;
        }

        /**
         * Starts the instance. No network call is made: a wrong secret shows at the first use of its tenant.
         *
         * @throws LakeportException INVALID_REQUEST when the configuration names what is not there; whatever had
         *     started is closed
         */
        public Lakeport build() {
            if (config == null) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        "Lakeport has no configuration; give one with builder().config(…)");
            }
            return new Lakeport(
                    config,
                    Wiring.start(config, pluginDirectories, clock, new HostParts(authMethods, idTokens, users)));
        }
    }
}
