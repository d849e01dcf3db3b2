package io.lakeport.core.auth;

import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A bearer token.
 *
 * @param value the token itself
 * @param issuedAt when it was obtained
 * @param expiresAt when it ends, empty when the method does not tell (personal access tokens)
 * @param besides headers that must stand beside Authorization, by name; a few methods of clouds have some
 */
public record AccessToken(Secret value, Instant issuedAt, Optional<Instant> expiresAt, Map<String, Secret> besides) {
    public AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(issuedAt, "issuedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        besides = Map.copyOf(besides);
    }

    /** Creates a token that needs no other header. */
    public AccessToken(Secret value, Instant issuedAt, Optional<Instant> expiresAt) {
        this(value, issuedAt, expiresAt, Map.of());
    }

    /** Returns the value of an Authorization header. Hand it to the request at once; never log it. */
    public String headerValue() {
        return "Bearer " + value.reveal();
    }

    /** Hands over every header that a request needs, by name and value. Hand them to the request at once. */
    public void forEachHeader(BiConsumer<String, String> request) {
        request.accept("Authorization", headerValue());
        besides.forEach((name, secret) -> request.accept(name, secret.reveal()));
    }
}
