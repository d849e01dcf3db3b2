package io.lakeport.core.auth;

import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A bearer token.
 *
 * @param value the token itself
 * @param issuedAt when it was obtained
 * @param expiresAt when it ends, empty when the method does not tell (personal access tokens)
 */
public record AccessToken(Secret value, Instant issuedAt, Optional<Instant> expiresAt) {
    public AccessToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(issuedAt, "issuedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Returns the value of an Authorization header. Hand it to the request at once; never log it. */
    public String headerValue() {
        return "Bearer " + value.reveal();
    }
}
