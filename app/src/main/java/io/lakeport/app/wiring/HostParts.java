package io.lakeport.app.wiring;

import io.lakeport.core.auth.IdTokenProvider;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.user.UserCredentials;
import java.util.List;
import java.util.Optional;

/**
 * What a host gives in code, beside what is found on its class path.
 *
 * @param authMethods authentication methods of its own
 * @param idTokens identity tokens of the platform where it runs
 * @param users where credentials of users are kept; in memory when empty
 */
public record HostParts(
        List<TokenSourceProvider> authMethods, List<IdTokenProvider> idTokens, Optional<UserCredentials> users) {
    /** A host that gives nothing. */
    public static final HostParts NONE = new HostParts(List.of(), List.of(), Optional.empty());

    public HostParts {
        authMethods = List.copyOf(authMethods);
        idTokens = List.copyOf(idTokens);
    }
}
