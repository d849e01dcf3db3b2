package io.lakeport.localworkspace.server;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.access.IpGate;
import io.lakeport.localworkspace.access.TokenGate;
import io.lakeport.localworkspace.account.KnownTotals;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.cluster.Clusters;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.fault.FaultGate;
import io.lakeport.localworkspace.fault.PlannedFaults;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.http.ConnectProxy;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.http.HttpListener;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.http.RequestLogFile;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.http.StandardHeaders;
import io.lakeport.localworkspace.http.TlsIdentity;
import io.lakeport.localworkspace.job.JobService;
import io.lakeport.localworkspace.rest.files.WorkspaceObjects;
import io.lakeport.localworkspace.statement.SpoolDirectory;
import io.lakeport.localworkspace.statement.StatementService;
import io.lakeport.localworkspace.statement.StatementSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Puts the parts of a workspace together and opens its ports. */
final class WorkspaceServer {
    private static final int HTTP_THREADS = 1024;
    private static final int STATEMENT_THREADS = 16;
    private static final int STATEMENT_QUEUE = 1000;
    private static final int HISTORY = 10_000;

    private final Engine engine;
    private final TlsIdentity tls;
    private final Optional<KnownTotals> totals;
    private final HttpListener http;
    private final HttpListener https;
    private final ConnectProxy proxy;

    private WorkspaceServer(
            Engine engine,
            TlsIdentity tls,
            Optional<KnownTotals> totals,
            HttpListener http,
            HttpListener https,
            ConnectProxy proxy) {
        this.engine = engine;
        this.tls = tls;
        this.totals = totals;
        this.http = http;
        this.https = https;
        this.proxy = proxy;
    }

    /** Takes what was opened, so that it is closed in reverse order, whatever fails later. */
    interface Owner {
        <T extends AutoCloseable> T own(T part);
    }

    static WorkspaceServer start(Foundation foundation, Function<Optional<Path>, Engine> engines, Owner owner)
            throws IOException, GeneralSecurityException {
        SimulatorSettings settings = foundation.settings();
        WorkspaceOptions options = foundation.options();
        // Token keys are made in the background and the certificate here, while the engine loads its native code.
        CompletableFuture<Engine> opening =
                CompletableFuture.supplyAsync(() -> engines.apply(settings.dataDirectory()));
        TokenService tokens = new TokenService(
                foundation.identities(), options.tokenLifetime(), options.clock(), options.enforceGovernance());
        TlsIdentity tls;
        try {
            tls = TlsIdentity.generate();
        } finally {
            opened(opening).ifPresent(owner::own);
        }
        Engine engine = join(opening);
        settings.tables().forEach(engine::load);
        WorkspaceParts parts = assemble(foundation, engine, tokens, owner);
        SystemRecords records = SystemRecords.keep(parts, owner);
        Listeners listeners = new Listeners(
                List.of(
                        records.gate(),
                        new StandardHeaders(WorkspaceIdentity.WORKSPACE_ID),
                        new IpGate(foundation.ipAccess()),
                        new TokenGate(foundation.ipAccess().settings()),
                        new FaultGate(foundation.faults(), tokens, parts.statements()::text)),
                WorkspaceRoutes.of(parts),
                foundation.requests(),
                httpThreads());
        owner.own((AutoCloseable) listeners.threads::shutdownNow);
        settings.dataDirectory()
                .ifPresent(
                        data -> owner.own(RequestLogFile.follow(foundation.requests(), data.resolve("requests.log"))));
        HttpListener http =
                owner.own(listeners.listen(new InetSocketAddress(options.bind(), settings.port()), Optional.empty()));
        HttpListener https = owner.own(listeners.listen(new InetSocketAddress(options.bind(), 0), Optional.of(tls)));
        ConnectProxy proxy = owner.own(ConnectProxy.start(options.bind(), https.port()));
        return new WorkspaceServer(engine, tls, records.totals(), http, https, proxy);
    }

    /** Builds on the foundation what the routes are made from. */
    private static WorkspaceParts assemble(Foundation foundation, Engine engine, TokenService tokens, Owner owner)
            throws IOException {
        WorkspaceOptions options = foundation.options();
        Governance governance = governance(foundation);
        engine.govern(governance);
        FileSpace files =
                owner.own(FileSpace.open(foundation.settings().dataDirectory(), governance, options.stores()));
        engine.useFiles(files);
        FileLinks links = new FileLinks(options.linkLifetime(), options.clock());
        WorkspaceObjects objects = new WorkspaceObjects(files, foundation.state(), options.clock());
        foundation.warehouses().restore(foundation.state());
        owner.own(foundation.warehouses());
        StatementService statements = owner.own(statements(foundation, engine, links));
        Clusters clusters = new Clusters(foundation.state(), options.warehouseStartup(), options.clock());
        JobService jobs =
                owner.own(JobService.open(statements.gateway(), foundation.state(), objects::text, options.clock()));
        return new WorkspaceParts(
                foundation, engine, tokens, governance, files, links, objects, statements, jobs, clusters);
    }

    private static Governance governance(Foundation foundation) {
        String owner = foundation.owner().applicationId();
        return Governance.open(
                foundation.identities().directory(),
                foundation.state(),
                foundation.options().clock(),
                owner,
                foundation.options().enforceGovernance());
    }

    private static Optional<Engine> opened(CompletableFuture<Engine> opening) {
        return opening.handle((engine, failure) -> Optional.ofNullable(engine)).join();
    }

    private static Engine join(CompletableFuture<Engine> opening) {
        try {
            return opening.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static StatementService statements(Foundation foundation, Engine engine, FileLinks links)
            throws IOException {
        WorkspaceOptions options = foundation.options();
        StatementSettings limits = new StatementSettings(
                SpoolDirectory.create(),
                options.linkLifetime(),
                options.resultLifetime(),
                STATEMENT_THREADS,
                STATEMENT_QUEUE,
                options.chunkRows(),
                HISTORY);
        return new StatementService(
                engine,
                foundation.warehouses(),
                foundation.permissions(),
                limits,
                new PlannedFaults(foundation.faults()),
                links,
                options.clock());
    }

    private static ExecutorService httpThreads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(0, HTTP_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "local-workspace-http");
                    thread.setDaemon(true);
                    return thread;
                });
        // With every thread busy a further connection is ended. The accepting thread must never serve one: a client
        // that sends its request slowly would stop the whole server.
        return threads;
    }

    /** What the plain and the TLS port have in common. */
    private record Listeners(List<Gate> gates, Router router, RequestLog log, ExecutorService threads) {
        HttpListener listen(InetSocketAddress address, Optional<TlsIdentity> tls) {
            try {
                return HttpListener.start(address, tls, gates, router, log, threads);
            } catch (IOException e) {
                throw new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "Cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort() + " ("
                                + e.getMessage() + "). Choose another port, or 0 for a free one.",
                        e);
            }
        }
    }

    Engine engine() {
        return engine;
    }

    Optional<KnownTotals> knownTotals() {
        return totals;
    }

    TlsIdentity tls() {
        return tls;
    }

    int httpPort() {
        return http.port();
    }

    int httpsPort() {
        return https.port();
    }

    int proxyPort() {
        return proxy.port();
    }
}
