package io.lakeport.warehouse.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one warehouse: HTTP/1.1, so that parallel downloads are parallel connections; TLS 1.2 or newer;
 * no redirects, because a workspace does not redirect API calls and following one would carry the token away.
 * Thread-safe.
 */
public final class Wire implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** A storage is near the workspace and always on, so silence means that something stands between. */
    private static final Duration STORAGE_CONNECT_TIMEOUT = Duration.ofSeconds(4);

    private static final long IDLE_THREAD_SECONDS = 5;

    private final ThreadPoolExecutor workers;
    /** Given up with {@link #close}: an idle connection of the JDK's client remembers who received its last answer. */
    private volatile @Nullable HttpClient client;

    private volatile @Nullable HttpClient storage;

    /** Opens a client whose threads carry the given name. No connection is made yet. */
    public Wire(String name) {
        AtomicInteger count = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "lakeport-http-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.client = client(CONNECT_TIMEOUT);
        this.storage = client(STORAGE_CONNECT_TIMEOUT);
    }

    private HttpClient client(Duration connectTimeout) {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .sslParameters(tls)
                .executor(workers)
                .build();
    }

    /** Sends a request to the storage that results lie in and returns at once. */
    public <T> CompletableFuture<HttpResponse<T>> fetch(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        return open(storage).sendAsync(request, body);
    }

    /** Sends a request and returns at once. */
    public <T> CompletableFuture<HttpResponse<T>> start(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        return open(client).sendAsync(request, body);
    }

    private static HttpClient open(@Nullable HttpClient client) {
        if (client == null) {
            throw new IllegalStateException("the warehouse was closed; open another one");
        }
        return client;
    }

    /**
     * Sends a request and waits for the whole answer, body included: the client's own timeout ends with the headers.
     *
     * @throws HttpTimeoutException when the answer is not whole within {@code limit}; the connection is dropped
     */
    public HttpResponse<AnswerBytes> send(HttpRequest request, AnswerHandler body, Duration limit)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<AnswerBytes>> answer = start(request, body);
        boolean taken = false;
        try {
            HttpResponse<AnswerBytes> whole = await(answer, limit);
            taken = true;
            return whole;
        } finally {
            if (!taken) {
                answer.cancel(true);
                body.forsake();
            }
        }
    }

    /** Waits for an answer that was asked for by {@link #start}; the exchange goes on when this gives up. */
    public static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, Duration limit)
            throws IOException, InterruptedException {
        try {
            return answer.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the HTTP client failed", e.getCause());
        }
    }

    /** Ends the threads; calls that are under way fail. Idempotent. */
    @Override
    public void close() {
        workers.shutdownNow();
        HttpClient api = client;
        HttpClient files = storage;
        // Before JDK 21 a client ends only when nobody refers to it: this wire must not, whoever still refers to it.
        client = null;
        storage = null;
        if (api != null && files != null) {
            ClientShutdown.now(api);
            ClientShutdown.now(files);
        }
    }
}
