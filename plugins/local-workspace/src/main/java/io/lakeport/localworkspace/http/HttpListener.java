package io.lakeport.localworkspace.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A listener of the JDK's HTTP server, plain or TLS. */
public final class HttpListener implements AutoCloseable {
    static {
        // Both are read once, when the server's classes load. Without the first, Nagle's algorithm and delayed
        // acknowledgements cost 44 ms on every keep-alive POST. The second keeps idle connections open longer than
        // clients pool them, or a client would send a POST into a connection that is being closed.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "1800");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        // A client that never ends its request, or never reads its answer, must not hold a thread for ever. Seconds.
        System.setProperty("sun.net.httpserver.drainAmount", "0");
        System.setProperty("sun.net.httpserver.maxReqTime", "300");
        System.setProperty("sun.net.httpserver.maxRspTime", "3600");
    }

    private final HttpServer server;

    private HttpListener(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param address where to listen; port 0 for a free one
     * @param tls the certificate to serve over TLS, empty for plain HTTP
     * @param gates what looks at every request first, in this order
     * @throws IOException when the port is taken
     */
    public static HttpListener start(
            InetSocketAddress address,
            Optional<TlsIdentity> tls,
            List<Gate> gates,
            Router router,
            RequestLog log,
            ExecutorService executor)
            throws IOException {
        HttpServer server = tls.isPresent() ? HttpsServer.create(address, 0) : HttpServer.create(address, 0);
        if (server instanceof HttpsServer https && tls.isPresent()) {
            https.setHttpsConfigurator(new HttpsConfigurator(tls.get().serverContext()));
        }
        server.setExecutor(executor);
        String scheme = tls.isPresent() ? "https" : "http";
        server.createContext("/", raw -> serve(raw, scheme, gates, router, log));
        server.start();
        return new HttpListener(server);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void serve(HttpExchange raw, String scheme, List<Gate> gates, Router router, RequestLog log) {
        Instant at = Instant.now();
        long start = System.nanoTime();
        // Logged before the client sees the answer, so that a test which has one finds its request in the log.
        JdkExchange exchange = new JdkExchange(
                raw, scheme, (sent, status, bytes) -> log.add(entry(raw, sent, at, status, bytes, start)));
        try (raw) {
            answer(exchange, gates, router);
        } catch (IOException gone) {
            exchange.abandon();
        }
    }

    private static LoggedRequest entry(
            HttpExchange raw, JdkExchange exchange, Instant at, int status, long bytes, long start) {
        String agent = raw.getRequestHeaders().getFirst("User-Agent");
        return new LoggedRequest(
                at,
                raw.getRequestMethod(),
                exchange.path(),
                status,
                agent == null ? "" : agent,
                raw.getRequestHeaders().containsKey("Authorization"),
                (System.nanoTime() - start) / 1_000_000,
                bytes,
                exchange.noted(Note.PRINCIPAL),
                exchange.noted(Note.STATEMENT),
                exchange.noted(Note.FAULT));
    }

    private static void answer(JdkExchange exchange, List<Gate> gates, Router router) throws IOException {
        // Errors go through what the gates made of the exchange, which may want to see them.
        Exchange current = exchange;
        try {
            for (Gate gate : gates) {
                Optional<Exchange> admitted = gate.admit(current);
                if (admitted.isEmpty()) {
                    return;
                }
                current = admitted.get();
            }
            // Before the route, since an answer to a half-read request would end the connection.
            if (!router.isStreaming(exchange)) {
                exchange.body();
            }
            router.route(current);
        } catch (ApiException e) {
            ErrorBody.send(current, e);
        } catch (RuntimeException | StackOverflowError e) {
            if (exchange.status() != 0) {
                throw new IOException("failed after the answer had begun", e);
            }
            ErrorBody.send(current, new ApiException(500, "INTERNAL_ERROR", "The local workspace failed: " + e));
        }
    }

    /** Stops listening and drops connections. */
    @Override
    public void close() {
        server.stop(0);
    }
}
