package io.lakeport.auth.pat;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.secret.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Method {@code pat}: a personal access token, given as the secret {@code token}. The workspace is never asked: a
 * token that was revoked shows at the first call that uses it.
 */
public final class PatTokenSourceProvider implements TokenSourceProvider {
    private static final String TOKEN = "token";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public PatTokenSourceProvider() {}

    @Override
    public String method() {
        return "pat";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings = MethodSettings.of(context, Set.of(), Set.of(TOKEN));
        Secret value = settings.secret(TOKEN);
        if (value.reveal().startsWith("dose")) {
            throw settings.invalid("secret 'token' begins with 'dose', as the OAuth secret of a service principal does;"
                    + " use method 'oauth-m2m' with 'client_id' and 'client_secret', or give a personal access token");
        }
        // Neither end nor age of a personal access token can be read from it.
        AccessToken token = new AccessToken(value, context.clock().instant(), Optional.empty());
        return deadline -> token;
    }
}
