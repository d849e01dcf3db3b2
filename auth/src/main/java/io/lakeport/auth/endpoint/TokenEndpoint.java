package io.lakeport.auth.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks token endpoints on behalf of one tenant: under its guard and with its User-Agent, and reads what they answer.
 * Thread-safe.
 */
public final class TokenEndpoint {
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    /** Assumed when an answer does not say; Databricks documents one hour, so this only costs a few requests. */
    private static final Duration UNSTATED_LIFETIME = Duration.ofMinutes(5);

    private final TokenSourceContext context;
    private final String name;
    private final String expected;
    private final Refusal.Meaning meaning;

    /**
     * Creates one.
     *
     * @param name of its exchanges for meters, for example {@code token.m2m}
     * @param expected what should answer, for messages, for example {@code a Databricks workspace}
     * @param meaning what a refusal means to the method
     */
    public TokenEndpoint(TokenSourceContext context, String name, String expected, Refusal.Meaning meaning) {
        this.context = context;
        this.name = name;
        this.expected = expected;
        this.meaning = meaning;
    }

    /**
     * Asks for a token.
     *
     * @return empty when the endpoint does not exist
     * @throws LakeportException as the other side refused it
     */
    public Optional<TokenReply> ask(URI endpoint, TokenForm form, Deadline deadline) {
        return exchange(name, deadline, limit -> {
            Answer answer = send(endpoint, form, limit);
            return answer.status() == 404 && !isOAuth(answer)
                    ? Optional.<TokenReply>empty()
                    : Optional.of(read(answer, endpoint, form));
        });
    }

    private static boolean isOAuth(Answer answer) {
        return answer.json().filter(node -> node.hasNonNull("error")).isPresent();
    }

    /** Posts a form and returns the answer as it is, whatever it says; one that asks to come again is an error. */
    public Answer post(URI endpoint, TokenForm form, Deadline deadline) {
        return exchange(name, deadline, limit -> again(send(endpoint, form, limit), endpoint, form));
    }

    /** Reads a document and returns the answer as it is; one that asks to come again is an error. */
    public Answer get(URI uri, Deadline deadline) {
        return get(request(uri), uri, deadline);
    }

    /** Does the same with a request that carries more; begin it with {@link #request}. */
    public Answer get(HttpRequest.Builder request, URI uri, Deadline deadline) {
        return exchange(name, deadline, limit -> {
            Answer answer = TokenHttp.send(request.copy().GET(), what("asking " + uri.getAuthority()), limit);
            return again(answer, uri, TokenForm.empty());
        });
    }

    private Answer again(Answer answer, URI uri, TokenForm form) {
        if (answer.status() == 429 || (answer.status() >= 500 && answer.status() != 501)) {
            throw refused(answer, uri, form);
        }
        return answer;
    }

    private Answer send(URI endpoint, TokenForm form, Deadline limit) {
        HttpRequest.Builder request = request(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        form.authorization().ifPresent(header -> request.header("Authorization", header.reveal()));
        return TokenHttp.send(request, what("asking " + endpoint.getAuthority() + " for a token"), limit);
    }

    /** Asks an endpoint that must be there. */
    public TokenReply require(URI endpoint, TokenForm form, Deadline deadline) {
        return ask(endpoint, form, deadline).orElseThrow(() -> noSuchEndpoint(endpoint));
    }

    /** Begins a request with what every request carries. */
    public HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("User-Agent", context.userAgent().headerValue())
                .header("Accept", "application/json");
    }

    /** Runs one exchange under the guard. */
    public <T> T exchange(String exchangeName, Deadline deadline, Exchange<T> exchange) {
        GuardedCall call = new GuardedCall(
                context.host().authority(), context.tenant().value(), "token", exchangeName, true, deadline);
        try {
            return context.guard().call(call, () -> exchange.run(deadline.atMost(LONGEST_REQUEST)));
        } catch (LakeportException e) {
            throw e.with("tenant", context.tenant().value());
        }
    }

    /** One request and the reading of its answer. */
    public interface Exchange<T> {
        /** Runs it before the limit. */
        T run(Deadline limit);
    }

    /** Reads an answer to a token request. */
    public TokenReply read(Answer answer, URI endpoint, TokenForm form) {
        if (answer.status() == 405 || answer.status() == 501) {
            throw unexpected(endpoint, answer.described() + ", it does not know the request");
        }
        Optional<JsonNode> json = answer.json();
        if (answer.status() != 200) {
            throw refused(answer, endpoint, form);
        }
        // Google gives an id token alone where only that was asked for.
        Secret value = json.flatMap(node -> secret(node, "access_token").or(() -> secret(node, "id_token")))
                .orElseThrow(() -> unexpected(endpoint, answer.described() + " instead of a token"));
        Instant now = context.clock().instant();
        TokenReply reply = TokenReply.of(value, now, now.plus(lifetime(answer, json.get(), endpoint)));
        return new TokenReply(
                reply.access(),
                secret(json.get(), "refresh_token"),
                secret(json.get(), "id_token"),
                json.get().path("scope").asText(""));
    }

    private static Optional<Secret> secret(JsonNode node, String field) {
        return Optional.of(node.path(field).asText(""))
                .filter(text -> !text.isBlank())
                .map(Secret::of);
    }

    private Duration lifetime(Answer answer, JsonNode json, URI endpoint) {
        JsonNode seconds = json.path("expires_in");
        if (seconds.isMissingNode() || seconds.isNull()) {
            // App Service tells the end alone, by the server's clock.
            long end = json.path("expires_on").asLong(-1);
            Instant now = answer.date().orElseGet(() -> context.clock().instant());
            Duration left = Duration.between(now, Instant.ofEpochSecond(Math.max(0, end)));
            return left.isNegative() || left.isZero() ? UNSTATED_LIFETIME : left;
        }
        // Azure's metadata service writes the number as text.
        long value = seconds.asLong(-1);
        if (value <= 0) {
            throw unexpected(endpoint, "a token whose 'expires_in' is not a positive number of seconds");
        }
        return Duration.ofSeconds(value);
    }

    /** Returns the error of an answer that is not a success. */
    public LakeportException refused(Answer answer, URI endpoint, TokenForm form) {
        return Refusals.of(answer, where(endpoint), expected, context.clock(), form, meaning);
    }

    /** Returns the error for an endpoint that is not there. */
    public LakeportException noSuchEndpoint(URI endpoint) {
        return unexpected(endpoint, "404, there is no token endpoint");
    }

    /** Returns the error for an answer that this kind of server does not give. */
    public LakeportException unexpected(URI uri, String got) {
        return new LakeportException(
                        CoreError.NOT_A_DATABRICKS_HOST,
                        where(uri) + " answered with " + got + ", so this is not " + expected
                                + ", or something in between answers for it; check the host")
                .with("tenant", context.tenant().value());
    }

    /** Says whose request it is and where it goes. */
    public String where(URI uri) {
        return what(uri.toString());
    }

    /** Says whose action it is. */
    public String what(String action) {
        return "tenant '" + context.tenant() + "': " + action;
    }
}
