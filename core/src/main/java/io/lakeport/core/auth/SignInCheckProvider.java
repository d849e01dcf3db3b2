package io.lakeport.core.auth;

import io.lakeport.core.time.Deadline;

/**
 * SPI: tries whether a credential opens the workspace, and tells apart why it does not. Found by {@link
 * java.util.ServiceLoader}; thread-safe and stateless.
 */
public interface SignInCheckProvider {
    /** Returns a name for reports, for example {@code rest}. */
    String name();

    /**
     * Fetches a token and makes one call with it that changes nothing and starts nothing.
     *
     * @throws io.lakeport.core.error.LakeportException as the token source throws; with a {@link SignInError} when the
     *     workspace refuses the token; TOKEN_REJECTED where it does not say enough to tell why
     */
    SignedIn check(TokenSourceContext context, TokenSource tokens, Deadline deadline);
}
