package io.lakeport.auth.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads what a token endpoint or discovery document answered. */
final class TokenAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Assumed when an answer does not say; Databricks documents one hour, so this only costs a few requests. */
    private static final Duration UNSTATED_LIFETIME = Duration.ofMinutes(5);

    private final TokenSourceContext context;
    private final ClientCredentials credentials;

    TokenAnswers(TokenSourceContext context, ClientCredentials credentials) {
        this.context = context;
        this.credentials = credentials;
    }

    AccessToken token(Answer answer, URI endpoint) {
        Optional<JsonNode> json = json(answer);
        if (answer.status() == 405 || answer.status() == 501) {
            throw notDatabricks(endpoint, described(answer) + ", it does not know the request");
        }
        if (answer.status() != 200) {
            throw Refusals.of(answer, json, credentials, where(endpoint));
        }
        String value = json.map(node -> node.path("access_token").asText("")).orElse("");
        if (value.isBlank()) {
            throw notDatabricks(endpoint, described(answer) + " instead of a token");
        }
        Instant now = context.clock().instant();
        Duration lifetime = lifetime(json.get(), endpoint);
        return new AccessToken(Secret.of(value), now, Optional.of(now.plus(lifetime)));
    }

    private Duration lifetime(JsonNode json, URI endpoint) {
        JsonNode seconds = json.path("expires_in");
        if (seconds.isMissingNode() || seconds.isNull()) {
            return UNSTATED_LIFETIME;
        }
        long value = seconds.asLong(-1);
        if (value <= 0) {
            throw notDatabricks(endpoint, "a token whose 'expires_in' is not a positive number of seconds");
        }
        return Duration.ofSeconds(value);
    }

    URI endpoint(Answer answer, URI document) {
        if (answer.status() == 429 || (answer.status() >= 500 && answer.status() != 501)) {
            throw Refusals.of(answer, json(answer), credentials, where(document));
        }
        String text = answer.status() == 200
                ? json(answer)
                        .map(node -> node.path("token_endpoint").asText(""))
                        .orElse("")
                : "";
        if (text.isBlank()) {
            throw notDatabricks(document, described(answer) + " instead of a discovery document");
        }
        return Endpoints.safe(text)
                .orElseThrow(() -> notDatabricks(document, "a token endpoint to which no secret may be sent"));
    }

    LakeportException noSuchEndpoint(URI endpoint) {
        return notDatabricks(endpoint, "404, there is no token endpoint");
    }

    private LakeportException notDatabricks(URI uri, String got) {
        return new LakeportException(
                CoreError.NOT_A_DATABRICKS_HOST,
                where(uri) + " answered with " + got + ", so this is not a Databricks workspace, or something in"
                        + " between answers for it; check the host: expected for example"
                        + " https://dbc-a1b2.cloud.databricks.com");
    }

    private String where(URI uri) {
        return "tenant '" + context.tenant() + "': " + uri;
    }

    private static String described(Answer answer) {
        String kind = answer.isHtml() ? " and a web page" : "";
        return "status " + answer.status() + kind;
    }

    private static Optional<JsonNode> json(Answer answer) {
        try {
            return Optional.of(JSON.readTree(answer.body())).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            // The parser's message quotes the text, which may be a token; so it is not kept.
            return Optional.empty();
        }
    }
}
