package io.lakeport.auth.entra;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.secret.Secret;

/**
 * Method {@code azure-client-secret}: a service principal of Microsoft Entra, by a client secret.
 *
 * <p>Properties: {@code tenant_id}, {@code client_id}; optional {@code authority_host} (sovereign clouds) and {@code
 * workspace_resource_id} (for a service principal that is a contributor of the workspace's Azure resource and was never
 * added to the workspace). Secret: {@code client_secret}.
 */
public final class ClientSecretTokenSourceProvider implements TokenSourceProvider {
    private static final String SECRET = "client_secret";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ClientSecretTokenSourceProvider() {}

    @Override
    public String method() {
        return "azure-client-secret";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings = EntraClient.settings(context, SECRET);
        Secret secret = settings.secret(SECRET);
        return EntraClient.of(context, settings, (form, endpoint) -> form.secret(SECRET, secret));
    }
}
