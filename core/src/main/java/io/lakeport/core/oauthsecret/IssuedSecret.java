package io.lakeport.core.oauthsecret;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What Databricks tells of an OAuth secret that it issued: everything but the secret, which it shows once only.
 *
 * @param id by which it is deleted; no secret itself
 * @param created when it was issued, by Databricks' clock
 * @param expires when it ends, by Databricks' clock; empty where it does not say
 * @param active whether Databricks calls it active
 */
public record IssuedSecret(String id, Instant created, Optional<Instant> expires, boolean active) {
    public IssuedSecret {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
    }

    /** Says in a line which one it is, for people. */
    public String described() {
        return id + " (created " + created + ", "
                + expires.map(end -> (active ? "ends " : "ended ") + end).orElse(active ? "active" : "not active")
                + ")";
    }
}
