package io.lakeport.auth.oauth;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;

/**
 * Method {@code oauth-m2m}: a service principal that signs in by OAuth client credentials.
 *
 * <p>Properties: {@code client_id} (application id of the service principal), optional {@code account_id} (with {@code
 * accounts_host} where the workspace's name does not tell the cloud) for tokens of the account, {@code token_endpoint} (full
 * URL, https beyond loopback; the workspace's own when absent) and {@code scope} ({@code all-apis} when absent).
 * Secret: {@code client_secret}.
 */
public final class OAuthM2mTokenSourceProvider implements TokenSourceProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public OAuthM2mTokenSourceProvider() {}

    @Override
    public String method() {
        return "oauth-m2m";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        return new ClientCredentialsSource(context, ClientCredentials.of(context));
    }
}
