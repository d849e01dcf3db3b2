package io.lakeport.core.auth.user;

import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A connection as one user sees it on the page of their credentials. It holds no secret.
 *
 * @param tenant whose connection it is
 * @param method how its users sign in
 * @param byBrowser whether users sign in by a browser; else they enter what the method needs
 * @param state whether the user can use it
 * @param signedInAs by which name Databricks knows the user, where that is known
 * @param obtainedAt when the user signed in or entered the credential
 * @param renewedAt when it was last replaced without the user
 * @param lastUsedAt when it last served a call, to within a minute
 * @param why why the user must sign in again, when {@code state} is ENDED
 */
public record UserConnection(
        TenantId tenant,
        String method,
        boolean byBrowser,
        State state,
        Optional<String> signedInAs,
        Optional<Instant> obtainedAt,
        Optional<Instant> renewedAt,
        Optional<Instant> lastUsedAt,
        Optional<String> why) {
    /** Whether a user can use a connection. */
    public enum State {
        /** The user never signed in, or was signed out. */
        NOT_SIGNED_IN,
        /** There is a credential, and nothing is known against it. */
        SIGNED_IN,
        /** There was one, and it serves no more. */
        ENDED
    }

    public UserConnection {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(state, "state");
    }

    static UserConnection of(TenantId tenant, String method, boolean byBrowser, Optional<UserCredential> credential) {
        State state = credential
                .map(c -> c.ended().isPresent() ? State.ENDED : State.SIGNED_IN)
                .orElse(State.NOT_SIGNED_IN);
        return new UserConnection(
                tenant,
                method,
                byBrowser,
                state,
                credential.map(c -> c.properties().get("signed_in_as")),
                credential.map(UserCredential::obtainedAt),
                credential.flatMap(UserCredential::renewedAt),
                credential.flatMap(UserCredential::lastUsedAt),
                credential.flatMap(UserCredential::ended));
    }
}
