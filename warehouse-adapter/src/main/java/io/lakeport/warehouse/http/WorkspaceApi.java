package io.lakeport.warehouse.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one tenant to its workspace: token, User-Agent and a deadline on each, every exchange inside the guard.
 * Thread-safe.
 */
public final class WorkspaceApi {
    /** Inline results are at most 25 MiB, and base64 makes a third more of them. */
    private static final int LARGEST_ANSWER = 48 << 20;

    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private final WarehouseContext context;
    private final Wire wire;
    private final ObjectMapper json = new ObjectMapper();

    /** Makes the calls of a context over a wire. */
    public WorkspaceApi(WarehouseContext context, Wire wire) {
        this.context = context;
        this.wire = wire;
    }

    /** Sends a request without a body that may be repeated. {@code name} is for meters, for example {@code sql.poll}. */
    public JsonNode call(String name, String method, String path, Deadline deadline) {
        try (ApiAnswer answer = ask(name, method, path, deadline)) {
            return answer.json();
        }
    }

    /** Does the same as {@link #call} and keeps the time of the answer. */
    public ApiAnswer ask(String name, String method, String path, Deadline deadline) {
        return authorized(
                name,
                deadline,
                token -> () -> exchange(
                        name,
                        method + " " + plain(path),
                        request(path, token, deadline)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        deadline));
    }

    /**
     * Runs a guarded exchange with a token. A token that the workspace refuses is replaced once.
     *
     * @param exchange makes the exchange of a token; it may be run more than once
     */
    public <T> T authorized(String name, Deadline deadline, Function<AccessToken, Callable<T>> exchange) {
        AccessToken token = context.tokens().token(deadline);
        try {
            return guarded("sql", name, deadline, exchange.apply(token));
        } catch (LakeportException e) {
            if (!e.is(CoreError.TOKEN_REJECTED)) {
                throw e;
            }
            context.tokens().reject(token);
            return guarded(
                    "sql", name, deadline, exchange.apply(context.tokens().token(deadline)));
        }
    }

    /** Runs a repeatable exchange inside the guard. */
    public <T> T guarded(String family, String name, Deadline deadline, Callable<T> exchange) {
        return context.guard().call(call(family, name, deadline), exchange);
    }

    private GuardedCall call(String family, String name, Deadline deadline) {
        return new GuardedCall(
                context.tenant().host().authority(), context.tenant().id().value(), family, name, true, deadline);
    }

    /** Has bytes counted that an exchange brought, as they travelled. */
    public void received(String family, String name, Deadline deadline, long bytes) {
        if (bytes > 0) {
            context.guard().received(call(family, name, deadline), bytes);
        }
    }

    /** Begins a request to the workspace; the deadline bounds it. */
    public HttpRequest.Builder request(String path, AccessToken token, Deadline deadline) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        context.tenant().host().resolve(path))
                .timeout(limit(deadline))
                .setHeader("User-Agent", context.tenant().userAgent().headerValue())
                .setHeader("Accept", "application/json");
        token.forEachHeader(request::setHeader);
        return request;
    }

    private ApiAnswer exchange(String name, String what, HttpRequest request, Deadline deadline)
            throws InterruptedException {
        deadline.check(what);
        try {
            HttpResponse<AnswerBytes> answer = wire.send(request, answer(deadline), limit(deadline));
            received("sql", name, deadline, answer.body().bytes().length);
            return read(what, answer);
        } catch (IOException e) {
            if (e.getCause() instanceof LakeportException noMemory) {
                throw noMemory;
            }
            throw unreachable(what, deadline, e);
        }
    }

    /** Returns the error of an exchange that got no answer. */
    public LakeportException unreachable(String what, Deadline deadline, IOException failure) {
        if (deadline.isExpired()) {
            return Deadline.expired(what);
        }
        String host = context.tenant().host().toString();
        return Unreachable.neverSent(failure)
                ? new LakeportException(
                        CoreError.HOST_UNREACHABLE,
                        "no connection to " + host + " (" + failure.getClass().getSimpleName()
                                + "); check the host name, the network and any proxy or TLS inspection",
                        failure)
                : new LakeportException(
                        CoreError.SERVICE_UNAVAILABLE, what + " at " + host + " broke off without an answer", failure);
    }

    /**
     * Reads an answer.
     *
     * @return what a success says
     * @throws LakeportException as the status and body say
     */
    public ApiAnswer read(String what, HttpResponse<AnswerBytes> answer) {
        boolean isRead = false;
        try {
            ApiAnswer read = success(what, answer);
            isRead = true;
            return read;
        } finally {
            if (!isRead) {
                answer.body().close();
            }
        }
    }

    private ApiAnswer success(String what, HttpResponse<AnswerBytes> answer) {
        @Nullable JsonNode body = parse(answer.body().bytes());
        if (answer.statusCode() / 100 != 2) {
            throw ApiErrors.of(what, answer, body == null ? MissingNode.getInstance() : body, context.clock());
        }
        if (body == null) {
            throw new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    context.tenant().host() + " answered " + what
                            + " with something that is not JSON; check that it is the URL of a workspace");
        }
        return new ApiAnswer(
                body,
                ServerTime.of(answer.headers(), context.clock()),
                answer.body().reserved());
    }

    private @Nullable JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /** Returns an empty JSON object. */
    public com.fasterxml.jackson.databind.node.ObjectNode object() {
        return json.createObjectNode();
    }

    /** Returns the wire beneath. */
    public Wire wire() {
        return wire;
    }

    /** Returns on whose behalf the calls are made. */
    public WarehouseContext context() {
        return context;
    }

    /** Returns how to receive an answer of this API; memory for a large one is waited for until the deadline. */
    public AnswerHandler answer(Deadline deadline) {
        return new AnswerHandler(LARGEST_ANSWER, context.budget(), deadline);
    }

    private static Duration limit(Deadline deadline) {
        Duration left = deadline.remaining();
        return left.isZero() ? Duration.ofMillis(1) : left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL;
    }

    /** Queries hold filters and times, which only make a message long. */
    private static String plain(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
