package io.lakeport.core.auth.user;

import java.util.Objects;

/**
 * For which user a token source works, and where that user's credential is kept.
 *
 * @param owner the user, on which connection
 * @param store where credentials are kept
 */
public record UserSession(ConnectionUser owner, UserCredentials store) {
    public UserSession {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(store, "store");
    }
}
