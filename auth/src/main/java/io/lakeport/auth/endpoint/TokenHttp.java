package io.lakeport.auth.endpoint;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that carry credentials. One client serves every tenant, because a JDK client costs a thread; it keeps
 * no cookie and no credential, so nothing passes from one tenant to another. Redirects are not followed: a secret is
 * sent to the configured host or to no host.
 */
public final class TokenHttp {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private TokenHttp() {}

    /** Made at first use, so that a host which never signs in by OAuth has no client. */
    private static final class Shared {
        static final HttpClient CLIENT = client().build();
    }

    /** Past every proxy: the metadata service of a machine answers that machine only. */
    private static final class Direct {
        static final HttpClient CLIENT =
                client().proxy(HttpClient.Builder.NO_PROXY).build();
    }

    private static HttpClient.Builder client() {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslParameters(tls);
    }

    /**
     * Sends a request and reads its whole answer before the deadline.
     *
     * @throws LakeportException UNAVAILABLE or INVALID_REQUEST when no HTTP answer came, saying why;
     *     DEADLINE_EXCEEDED; CANCELLED when interrupted
     */
    public static Answer send(HttpRequest.Builder builder, String what, Deadline deadline) {
        deadline.check(what);
        HttpRequest request = builder.timeout(deadline.remaining()).build();
        HttpClient client = isLinkLocal(request) ? Direct.CLIENT : Shared.CLIENT;
        CompletableFuture<HttpResponse<String>> pending = client.sendAsync(request, info -> new BoundedBody());
        try {
            // The request's own timeout ends with the headers, so the body is waited for here.
            HttpResponse<String> response = pending.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw Deadline.expired(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw translated(e.getCause(), request, what, deadline);
        } finally {
            pending.cancel(true);
        }
    }

    private static boolean isLinkLocal(HttpRequest request) {
        return String.valueOf(request.uri().getHost()).startsWith("169.254.");
    }

    private static LakeportException translated(
            @Nullable Throwable cause, HttpRequest request, String what, Deadline deadline) {
        if (cause instanceof IOException io) {
            return NetworkErrors.translate(io, request.uri(), what, deadline);
        }
        return new LakeportException(CoreError.INTERNAL, what + " failed inside the HTTP client", cause);
    }
}
