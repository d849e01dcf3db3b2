package io.lakeport.localworkspace.server;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.auth.OidcRoutes;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.http.ConnectProxy;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.http.HttpListener;
import io.lakeport.localworkspace.http.RequestLog;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.http.TlsIdentity;
import io.lakeport.localworkspace.rest.CatalogRoutes;
import io.lakeport.localworkspace.rest.EngineQuery;
import io.lakeport.localworkspace.rest.HistoryRoutes;
import io.lakeport.localworkspace.rest.PlatformRoutes;
import io.lakeport.localworkspace.rest.WarehouseRoutes;
import io.lakeport.localworkspace.rest.files.DbfsRoutes;
import io.lakeport.localworkspace.rest.files.FilesRoutes;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.statement.SpoolDirectory;
import io.lakeport.localworkspace.statement.StatementRoutes;
import io.lakeport.localworkspace.statement.StatementService;
import io.lakeport.localworkspace.statement.StatementSettings;
import io.lakeport.localworkspace.thrift.ThriftRoutes;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.io.IOException;
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
    private static final int HTTP_THREADS = 256;
    private static final int STATEMENT_THREADS = 16;
    private static final int STATEMENT_QUEUE = 1000;
    private static final int HISTORY = 10_000;

    private final Engine engine;
    private final TlsIdentity tls;
    private final HttpListener http;
    private final HttpListener https;
    private final ConnectProxy proxy;

    private WorkspaceServer(Engine engine, TlsIdentity tls, HttpListener http, HttpListener https, ConnectProxy proxy) {
        this.engine = engine;
        this.tls = tls;
        this.http = http;
        this.https = https;
        this.proxy = proxy;
    }

    /** Takes what was opened, so that it is closed in reverse order, whatever fails later. */
    interface Owner {
        <T extends AutoCloseable> T own(T part);
    }

    static WorkspaceServer start(
            SimulatorSettings settings,
            WorkspaceOptions options,
            Function<Optional<Path>, Engine> engines,
            Owner owner,
            Identities identities,
            Warehouses warehouses,
            RequestLog requests)
            throws IOException, GeneralSecurityException {
        // Token keys are made in the background and the certificate here, while the engine loads its native code.
        CompletableFuture<Engine> opening =
                CompletableFuture.supplyAsync(() -> engines.apply(settings.dataDirectory()));
        TokenService tokens = new TokenService(identities, options.tokenLifetime(), options.clock());
        TlsIdentity tls;
        try {
            tls = TlsIdentity.generate();
        } finally {
            opened(opening).ifPresent(owner::own);
        }
        Engine engine = join(opening);
        settings.tables().forEach(engine::load);
        StateFiles state = StateFiles.in(settings.dataDirectory());
        FileSpace files = owner.own(FileSpace.open(settings.dataDirectory(), state, options.mounts()));
        engine.useFiles(files);
        WorkspaceParts parts =
                new WorkspaceParts(engine, options, identities, tokens, warehouses, requests, state, files);
        Router router = routes(parts, owner);
        List<Gate> gates = List.of();
        ExecutorService threads = httpThreads();
        owner.own((AutoCloseable) threads::shutdownNow);
        HttpListener http = owner.own(listen(settings.port(), Optional.empty(), gates, router, requests, threads));
        HttpListener https = owner.own(listen(0, Optional.of(tls), gates, router, requests, threads));
        return new WorkspaceServer(engine, tls, http, https, owner.own(ConnectProxy.start(https.port())));
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

    private static Router routes(WorkspaceParts parts, Owner owner) throws IOException {
        WorkspaceOptions options = parts.options();
        TokenService tokens = parts.tokens();
        StatementSettings limits = new StatementSettings(
                SpoolDirectory.create(),
                options.linkLifetime(),
                options.resultLifetime(),
                STATEMENT_THREADS,
                STATEMENT_QUEUE,
                HISTORY);
        FileLinks links = new FileLinks(options.linkLifetime(), options.clock());
        StatementService statements =
                owner.own(new StatementService(parts.engine(), parts.warehouses(), limits, options.clock(), links));
        Router router = new Router();
        StatementRoutes statementRoutes = new StatementRoutes(statements, limits, tokens, options.clock());
        statementRoutes.addTo(router);
        EngineQuery query = new EngineQuery(parts.engine());
        String cluster = parts.warehouses().all().get(0).id();
        new ThriftRoutes(statementRoutes.gateway(), query, tokens, cluster).addTo(router);
        new OidcRoutes(parts.identities(), tokens).addTo(router);
        new WarehouseRoutes(parts.warehouses(), tokens).addTo(router);
        new HistoryRoutes(statements.history(), tokens, options.clock()).addTo(router);
        new CatalogRoutes(query, tokens).addTo(router);
        new PlatformRoutes(tokens).addTo(router);
        new FilesRoutes(parts.files(), tokens, links).addTo(router);
        new DbfsRoutes(parts.files(), tokens).addTo(router);
        return router;
    }

    private static ExecutorService httpThreads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(0, HTTP_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "local-workspace-http");
                    thread.setDaemon(true);
                    return thread;
                });
        // With every thread busy the accepting thread helps, which slows new requests down instead of refusing them.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
        return threads;
    }

    private static HttpListener listen(
            int port,
            Optional<TlsIdentity> tls,
            List<Gate> gates,
            Router router,
            RequestLog log,
            ExecutorService threads) {
        try {
            return HttpListener.start(port, tls, gates, router, log, threads);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "Cannot listen on 127.0.0.1:" + port + " (" + e.getMessage() + "). Choose another port, or 0 for a"
                            + " free one.",
                    e);
        }
    }

    Engine engine() {
        return engine;
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
