package io.lakeport.audit.sdk;

import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/**
 * What the SDK sends its requests through. The SDK builds its User-Agent from fields that the whole JVM shares, so the
 * tenant's replaces it here; and its own client has no total deadline, so this one does.
 */
final class TenantHttp implements HttpClient {
    private static final Set<String> OURS_OR_THE_JDKS =
            Set.of("user-agent", "content-length", "host", "connection", "expect", "upgrade");

    private final String userAgent;
    private final ThreadLocal<SdkCall> current;

    /** Shared by all tenants: it keeps neither cookies nor credentials, and each JDK client costs a thread. */
    private static final class Shared {
        static final java.net.http.HttpClient CLIENT = client();

        private static java.net.http.HttpClient client() {
            SSLParameters tls = new SSLParameters();
            tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            return java.net.http.HttpClient.newBuilder()
                    .version(java.net.http.HttpClient.Version.HTTP_1_1)
                    .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(10))
                    .sslParameters(tls)
                    .build();
        }
    }

    /**
     * Creates the client of one tenant.
     *
     * @param current the call under way on a thread; set before the SDK is asked
     */
    TenantHttp(String userAgent, ThreadLocal<SdkCall> current) {
        this.userAgent = userAgent;
        this.current = current;
    }

    @Override
    public Response execute(Request request) throws IOException {
        SdkCall call = Objects.requireNonNull(current.get(), "the SDK was called outside a call");
        call.deadline().check(call.what());
        HttpRequest sent =
                translate(request, call).timeout(call.deadline().remaining()).build();
        CompletableFuture<HttpResponse<String>> pending = Shared.CLIENT.sendAsync(sent, info -> new ResponseText());
        try {
            // The request's own timeout ends with the headers, so the body is waited for here.
            HttpResponse<String> answer =
                    pending.get(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
            return checked(request, answer, call);
        } catch (TimeoutException e) {
            throw Deadline.expired(call.what());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, call.what() + " was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? NetworkErrors.translate(io, sent.uri(), call)
                    : new LakeportException(CoreError.INTERNAL, call.what() + " failed in the HTTP client", e);
        } finally {
            pending.cancel(true);
        }
    }

    private HttpRequest.Builder translate(Request request, SdkCall call) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getUri()).header("User-Agent", userAgent);
        request.getHeaders().forEach((name, value) -> {
            if (!OURS_OR_THE_JDKS.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, value);
            }
        });
        HttpRequest.BodyPublisher body = request.isBodyString()
                ? HttpRequest.BodyPublishers.ofString(call.leaving(request.getBodyString()))
                : HttpRequest.BodyPublishers.noBody();
        return builder.method(request.getMethod(), body);
    }

    private static Response checked(Request request, HttpResponse<String> answer, SdkCall call) throws IOException {
        int status = answer.statusCode();
        if (status == 429 || status >= 500) {
            throw RestErrors.busy(status, answer.headers().firstValue("Retry-After"), call);
        }
        boolean html = answer.headers().firstValue("Content-Type").orElse("").contains("html");
        if (html || (status >= 300 && status < 400)) {
            throw RestErrors.notDatabricks(status, html, call);
        }
        return new Response(
                request,
                request.getUri().toURL(),
                status,
                String.valueOf(status),
                answer.headers().map(),
                call.shown(answer.body()));
    }
}
