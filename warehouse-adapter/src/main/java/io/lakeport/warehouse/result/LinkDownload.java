package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.BufferBody;
import io.lakeport.warehouse.http.CappedBody;
import io.lakeport.warehouse.http.RetryAfter;
import io.lakeport.warehouse.http.Wire;
import io.lakeport.warehouse.http.WorkspaceApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One download of a presigned link into a buffer. It carries the tenant's User-Agent and no token: the storage is not
 * the workspace, and some storages refuse a request that is signed twice. Thread-safe.
 */
final class LinkDownload {
    /** The bytes are in the buffer. */
    static final long FILLED = 0;
    /**
     * 401 or 403: the link may have expired, or been signed with a key that was rotated. Google's storage says 400 to an
     * expired one.
     */
    static final long REFUSED = -1;

    private static final int ERROR_BODY = 16 * 1024;
    private static final Duration GLANCE = Duration.ofSeconds(1);
    /** Set by the client itself, or a credential that does not belong here. */
    private static final Set<String> NOT_FORWARDED =
            caseless("authorization", "connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private final WorkspaceApi api;
    private final Duration stall;

    LinkDownload(WorkspaceApi api, Duration stall) {
        this.api = api;
        this.stall = stall;
    }

    /**
     * Fills the buffer.
     *
     * @return {@link #FILLED}, {@link #REFUSED} when the storage does not accept the link, or how many bytes the body
     *     has when the buffer is too small for it
     * @throws LakeportException UNAVAILABLE when another try may help
     */
    long into(ByteBuffer buffer, ChunkSource source, ChunkSource.Link link, StorageContact contact, Deadline deadline)
            throws InterruptedException {
        contact.check(host(link));
        deadline.check("download of chunk " + source.index());
        Body body = new Body(buffer);
        CompletableFuture<HttpResponse<Void>> answer = api.wire().fetch(request(link, deadline), body);
        try {
            HttpResponse<Void> response = await(answer, body, deadline);
            return switch (response.statusCode()) {
                case 200 -> {
                    contact.answered(host(link));
                    yield whole(buffer, source, response);
                }
                case 400, 401, 403 -> REFUSED;
                default -> throw failed(source, response);
            };
        } catch (IOException e) {
            long tooLarge = body.tooLarge();
            if (tooLarge > 0) {
                return tooLarge;
            }
            if (body.received() == 0 && !deadline.isExpired()) {
                contact.failed(host(link), e);
            }
            throw brokeOff(source, link, body.received(), deadline, e);
        } finally {
            api.received("chunk", "sql.chunk", deadline, body.received());
            body.detach();
            answer.cancel(true);
        }
    }

    /** The host, and the port where it is not the usual one: it names what a firewall must let pass. */
    static String host(ChunkSource.Link link) {
        String host = String.valueOf(link.url().getHost());
        return link.url().getPort() < 0 ? host : host + ":" + link.url().getPort();
    }

    private static long whole(ByteBuffer buffer, ChunkSource source, HttpResponse<?> response) {
        ByteBuffer bytes = buffer.duplicate().flip();
        StorageChecksum.mismatch(response.headers(), bytes).ifPresent(what -> {
            throw CorruptChunk.of(source, what, null);
        });
        return FILLED;
    }

    private HttpRequest request(ChunkSource.Link link, Deadline deadline) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(allowed(link.url())).GET();
        link.headers().forEach((name, value) -> {
            if (!NOT_FORWARDED.contains(name)) {
                request.setHeader(name, value);
            }
        });
        Duration left = deadline.remaining().plusMillis(1);
        return request.setHeader(
                        "User-Agent", api.context().tenant().userAgent().headerValue())
                .timeout(left.compareTo(stall) < 0 ? left : stall)
                .build();
    }

    /** Data of a workspace that is reached over TLS must not come in clear. */
    private URI allowed(URI url) {
        boolean clearWorkspace =
                "http".equals(api.context().tenant().host().uri().getScheme());
        if ("https".equals(url.getScheme()) || (clearWorkspace && "http".equals(url.getScheme()))) {
            return url;
        }
        throw new LakeportException(
                CoreError.ACCESS_DENIED,
                "the workspace answered with a result link that is not https; refused, because data would travel in clear");
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer, Body body, Deadline deadline)
            throws IOException, InterruptedException {
        long before = -1;
        Deadline next = Deadline.after(stall);
        while (true) {
            try {
                Duration left = deadline.remaining();
                return Wire.await(answer, left.compareTo(GLANCE) < 0 ? left : GLANCE);
            } catch (HttpTimeoutException e) {
                if (answer.isDone()) {
                    throw e;
                }
                long now = body.received();
                if (now != before) {
                    before = now;
                    next = Deadline.after(stall);
                }
                if (deadline.isExpired() || next.isExpired()) {
                    throw e;
                }
            }
        }
    }

    private LakeportException brokeOff(
            ChunkSource source, ChunkSource.Link link, long received, Deadline deadline, IOException failure) {
        String what = "download of chunk " + source.index() + " from " + host(link);
        if (deadline.isExpired()) {
            return Deadline.expired(what);
        }
        // The failure is not kept as cause where its text might hold the link.
        return new LakeportException(
                CoreError.SERVICE_UNAVAILABLE,
                what + " broke off after " + received + " bytes ("
                        + failure.getClass().getSimpleName() + ")");
    }

    private LakeportException failed(ChunkSource source, HttpResponse<?> response) {
        int status = response.statusCode();
        String text = "the storage answered HTTP " + status + " to the download of chunk " + source.index();
        LakeportException error = new LakeportException(kind(status), text);
        return RetryAfter.of(response.headers(), api.context().clock())
                .map(error::withRetryAfter)
                .orElse(error);
    }

    private static CoreError kind(int status) {
        return switch (status) {
            case 404, 410 -> CoreError.RESULT_EXPIRED;
            case 429 -> CoreError.RATE_LIMITED;
            default -> status >= 500 ? CoreError.SERVICE_UNAVAILABLE : CoreError.ACCESS_DENIED;
        };
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return java.util.Collections.unmodifiableSet(set);
    }

    /** Chooses by status where a body goes, and stays in touch with it. */
    private static final class Body implements HttpResponse.BodyHandler<Void> {
        private final ByteBuffer buffer;
        private final AtomicReference<@Nullable BufferBody> receiving = new AtomicReference<>();
        private volatile long tooLarge;
        private volatile boolean detached;

        Body(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
            if (info.statusCode() != 200) {
                return HttpResponse.BodySubscribers.mapping(new CappedBody(ERROR_BODY), bytes -> null);
            }
            long length = length(info.headers());
            tooLarge = length > buffer.remaining() ? length : 0;
            BufferBody body = new BufferBody(buffer);
            receiving.set(body);
            if (detached || tooLarge > 0) {
                body.detach();
            }
            return body;
        }

        private static long length(HttpHeaders headers) {
            return headers.firstValueAsLong("Content-Length").orElse(0);
        }

        long tooLarge() {
            return tooLarge;
        }

        long received() {
            BufferBody body = receiving.get();
            return body == null ? 0 : body.received();
        }

        void detach() {
            detached = true;
            BufferBody body = receiving.get();
            if (body != null) {
                body.detach();
            }
        }
    }
}
