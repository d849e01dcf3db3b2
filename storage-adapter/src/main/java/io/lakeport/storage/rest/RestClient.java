package io.lakeport.storage.rest;

import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.time.Deadline;
import io.lakeport.storage.part.Part;
import io.lakeport.storage.refusal.NoAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends single requests. Redirects are not followed: a request carries a credential that is meant for one server.
 * Thread-safe.
 */
public final class RestClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** One try without a body. */
    private static final Duration CALL = Duration.ofSeconds(60);
    /** All tries of one request together. */
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** The slowest line that a body is still waited for on, in bytes a second. */
    private static final long SLOWEST = 128 << 10;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ObjectStoreContext context;
    private final String server;

    /**
     * Creates a client.
     *
     * @param server base URL of the server, for messages and limits
     */
    public RestClient(ObjectStoreContext context, URI server) {
        this.context = context;
        this.server = server.getScheme() + "://" + server.getRawAuthority();
    }

    /** Returns a body that is read from the part as often as it is sent. */
    public static BodyPublisher body(Part content) {
        return content.length() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content::open), content.length());
    }

    /**
     * Runs an exchange, which may be repeated, under the guard.
     *
     * @param name for messages and meters, for example {@code abfss.put}
     * @param bytes of the body, which lengthen the time that is allowed
     */
    public <T> T guarded(String name, long bytes, Callable<T> exchange) {
        GuardedCall call = new GuardedCall(
                URI.create(server).getHost(),
                context.tenant().value(),
                "store",
                name,
                true,
                Deadline.after(LIMIT.plus(slow(bytes))));
        return context.guard().call(call, exchange);
    }

    /**
     * Sends a request once and reads its answer, whatever the status.
     *
     * @param where what it is about, for messages
     * @throws io.lakeport.core.error.LakeportException UNAVAILABLE when no whole answer came; CANCELLED when interrupted
     */
    public HttpResponse<byte[]> send(HttpRequest.Builder request, String where) {
        request.header("User-Agent", context.userAgent().headerValue());
        HttpRequest built = request.build();
        Duration time = CALL.plus(
                slow(built.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L)));
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(built, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw NoAnswer.of(where, server, false, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            answer.cancel(true);
            throw NoAnswer.of(where, server, true, e);
        }
    }

    private static Duration slow(long bytes) {
        return Duration.ofSeconds(Math.max(0, bytes) / SLOWEST);
    }
}
