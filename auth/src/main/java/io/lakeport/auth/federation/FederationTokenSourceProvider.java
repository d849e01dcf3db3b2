package io.lakeport.auth.federation;

import io.lakeport.auth.endpoint.DatabricksEndpoint;
import io.lakeport.auth.endpoint.Scopes;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import java.util.HashSet;
import java.util.Set;

/**
 * Method {@code oidc-federation}: the token of another issuer, exchanged by RFC 8693 for one of Databricks under a
 * federation policy (Databricks documentation, "Authenticate access using OAuth token federation").
 *
 * <p>Properties: {@code client_id} (application id of the service principal whose policy counts; the account's policy
 * without it), one of {@code id_token_file} and {@code id_token_provider} unless the secret {@code id_token} is given,
 * {@code audience} for the provider, {@code scope}, and where to ask: {@code account_id} with {@code accounts_host}, or
 * {@code token_endpoint}. There is no long-lived secret.
 */
public final class FederationTokenSourceProvider implements TokenSourceProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public FederationTokenSourceProvider() {}

    @Override
    public String method() {
        return "oidc-federation";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        Set<String> properties = new HashSet<>(DatabricksEndpoint.PROPERTIES);
        properties.addAll(Set.of("client_id", Scopes.PROPERTY, IdTokens.FILE, IdTokens.PROVIDER, IdTokens.AUDIENCE));
        MethodSettings settings = MethodSettings.of(context, properties, Set.of(IdTokens.SECRET));
        return new FederationSource(
                context,
                settings.optional("client_id"),
                Scopes.ofMachine(settings),
                IdTokens.of(context, settings),
                DatabricksEndpoint.of(context, settings));
    }
}
