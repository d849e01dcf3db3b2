package io.lakeport.auth.user;

import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.user.SignInStart;
import io.lakeport.core.auth.user.SupportsUserSignIn;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.auth.user.UserSession;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.Map;

/**
 * Method {@code oauth-u2m}: each user signs in by a browser, with an authorization code and PKCE, at an OAuth
 * application that an account admin registered under "App connections".
 *
 * <p>Properties: {@code client_id}; optional {@code scope} ({@code all-apis offline_access} when absent; with
 * {@code openid} the user's id token is asked for and checked), {@code redirect_urls} (those that the application has,
 * separated by spaces), and where to sign in: {@code account_id} with {@code accounts_host}. Secret: {@code
 * client_secret}, of a confidential application.
 */
public final class OAuthU2mTokenSourceProvider implements TokenSourceProvider, SupportsUserSignIn {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public OAuthU2mTokenSourceProvider() {}

    @Override
    public String method() {
        return "oauth-u2m";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        return new UserTokens(context, SignInApp.of(context), session(context));
    }

    @Override
    public SignInStart start(TokenSourceContext context, URI redirect) {
        return new CodeFlow(context, SignInApp.of(context)).start(session(context), redirect);
    }

    @Override
    public UserCredential callback(
            TokenSourceContext context,
            UserCredentials.Begun begun,
            Map<String, String> parameters,
            Deadline deadline) {
        return new CodeFlow(context, SignInApp.of(context)).end(session(context), begun, parameters, deadline);
    }

    @Override
    public boolean revoke(TokenSourceContext context, UserCredential credential, Deadline deadline) {
        return new Revocation(context, SignInApp.of(context)).of(credential, deadline);
    }

    private static UserSession session(TokenSourceContext context) {
        return context.user()
                .orElseThrow(() -> new LakeportException(
                                SignInError.USER_NOT_NAMED,
                                "tenant '" + context.tenant() + "' has per-user credentials: each user signs in, and"
                                        + " the connection has no credential of its own; name the user")
                        .with("tenant", context.tenant().value()));
    }
}
