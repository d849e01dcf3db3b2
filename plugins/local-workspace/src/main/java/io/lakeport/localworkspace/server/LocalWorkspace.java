package io.lakeport.localworkspace.server;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.localworkspace.access.IpAccess;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.account.KnownTotals;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.fault.Faults;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.http.TlsIdentity;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A workspace running in this process. The JVM needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED} for Arrow; a
 * host that cannot give it starts the workspace through {@link LocalWorkspaceProvider}. Thread-safe.
 */
public final class LocalWorkspace implements WorkspaceSimulator {
    private static final Duration SECRET_LIFETIME = Duration.ofDays(730);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Foundation foundation;
    private final TlsIdentity tls;
    private final Optional<KnownTotals> knownTotals;
    private final SimulatorConnection connection;
    private boolean closed;

    private LocalWorkspace(
            SimulatorSettings settings, WorkspaceOptions options, Function<Optional<Path>, Engine> engines)
            throws Exception {
        foundation = Foundation.lay(settings, options);
        try {
            WorkspaceServer server = WorkspaceServer.start(foundation, engines, this::own);
            tls = server.tls();
            knownTotals = server.knownTotals();
            connection = connect(server);
        } catch (Exception e) {
            closeParts().forEach(e::addSuppressed);
            throw e;
        }
    }

    /**
     * Starts a workspace on DuckDB, as a real one behaves.
     *
     * @throws LakeportException INVALID_REQUEST when the port is taken or a file cannot be loaded; nothing is left
     *     running then
     */
    public static LocalWorkspace start(SimulatorSettings settings) {
        return start(settings, WorkspaceOptions.defaults());
    }

    /**
     * Starts a workspace on a free port, in memory, as a real one behaves: for a test that wants nothing special.
     *
     * @throws LakeportException INTERNAL when it cannot start; nothing is left running then
     */
    public static LocalWorkspace start() {
        return start(SimulatorSettings.inMemory());
    }

    /**
     * Starts a workspace on the engine that the settings name, DuckDB unless they name another.
     *
     * @param defaults what holds where the settings' own options say nothing
     * @throws LakeportException INVALID_REQUEST when the port is taken, a file cannot be loaded or an option cannot be
     *     used; nothing is left running then
     */
    public static LocalWorkspace start(SimulatorSettings settings, WorkspaceOptions defaults) {
        WorkspaceOptions options;
        try {
            options = StartOptions.apply(settings, defaults);
        } catch (IllegalArgumentException e) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        }
        return start(settings, options, SampleData.openWithSamples(StartOptions.engine(settings)));
    }

    /**
     * Starts a workspace on a given engine.
     *
     * @param engines opens the engine for a data directory; the workspace closes it
     * @throws LakeportException INVALID_REQUEST when the port is taken or a file cannot be loaded; nothing is left
     *     running then
     */
    public static LocalWorkspace start(
            SimulatorSettings settings, WorkspaceOptions options, Function<Optional<Path>, Engine> engines) {
        try {
            return new LocalWorkspace(settings, options, engines);
        } catch (LakeportException e) {
            throw e;
        } catch (EngineException e) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new LakeportException(CoreError.INTERNAL, "The local workspace cannot start: " + e, e);
        }
    }

    private static String host(InetAddress bind) {
        if (bind.isLoopbackAddress() || bind.isAnyLocalAddress()) {
            return "localhost";
        }
        String address = bind.getHostAddress();
        return address.contains(":") ? '[' + address + ']' : address;
    }

    private SimulatorConnection connect(WorkspaceServer server) {
        Identities identities = foundation.identities();
        Principal principal = foundation.owner();
        String host = host(foundation.options().bind());
        Secret secret = identities.startupSecret(principal, SECRET_LIFETIME);
        Secret token = identities.startupToken(principal, SECRET_LIFETIME);
        return new SimulatorConnection(
                host,
                server.httpPort(),
                URI.create("http://" + host + ":" + server.httpPort()),
                URI.create("https://" + host + ":" + server.httpsPort()),
                server.proxyPort(),
                principal.applicationId(),
                secret,
                token,
                Foundation.WAREHOUSE_ID,
                server.engine().defaultCatalog(),
                server.engine().defaultSchema());
    }

    private <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public SimulatorConnection connection() {
        return connection;
    }

    /** Returns the log of requests, in which tests look for User-Agents. */
    public RequestLog requests() {
        return foundation.requests();
    }

    /** Returns the planned faults, for tests to add some. */
    public Faults faults() {
        return foundation.faults();
    }

    /** Returns the principals and their credentials, for tests to add and expire some. */
    public Identities identities() {
        return foundation.identities();
    }

    /** Returns who may use warehouses and other objects of the workspace, for tests to give and take. */
    public Permissions permissions() {
        return foundation.permissions();
    }

    /** Returns from which addresses the workspace can be reached, for tests to deny some. */
    public IpAccess ipAccess() {
        return foundation.ipAccess();
    }

    /** Returns the principal that the connection signs in as. */
    public Principal principal() {
        return foundation.owner();
    }

    /** Returns the warehouses, for tests to stop and start them. */
    public Warehouses warehouses() {
        return foundation.warehouses();
    }

    /** Returns the certificate of the TLS port, for clients to trust. */
    public TlsIdentity tls() {
        return tls;
    }

    /** Returns what the bill of the invented account history comes to; empty when the workspace has none. */
    public Optional<KnownTotals> knownTotals() {
        return knownTotals;
    }

    /** Stops listening, cancels every statement and deletes every result; with no data directory also every table. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException failure = null;
        for (Throwable cause : closeParts()) {
            if (failure == null) {
                failure = new LakeportException(CoreError.INTERNAL, "The local workspace did not close cleanly", cause);
            } else {
                failure.addSuppressed(cause);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Throwable> closeParts() {
        List<Throwable> failures = new ArrayList<>();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        return failures;
    }
}
