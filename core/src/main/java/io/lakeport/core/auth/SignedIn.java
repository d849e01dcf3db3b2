package io.lakeport.core.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A sign-in that works.
 *
 * @param name by which Databricks knows the identity; empty where the token's scopes do not let it be asked
 * @param servicePrincipal whether it is a service principal; false for a person, and where the name is not known
 * @param tokenEndsAt when the token ends, empty when the method does not tell
 */
public record SignedIn(Optional<String> name, boolean servicePrincipal, Optional<Instant> tokenEndsAt) {
    public SignedIn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tokenEndsAt, "tokenEndsAt");
    }
}
