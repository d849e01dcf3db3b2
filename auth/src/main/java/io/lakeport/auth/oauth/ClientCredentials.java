package io.lakeport.auth.oauth;

import io.lakeport.auth.endpoint.DatabricksEndpoint;
import io.lakeport.auth.endpoint.Scopes;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.secret.Secret;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the client-credentials grant needs.
 *
 * @param clientId application id of the service principal
 * @param clientSecret its OAuth secret
 * @param scope space-separated scopes
 * @param endpoint where to ask: the workspace or its account
 */
record ClientCredentials(String clientId, Secret clientSecret, String scope, DatabricksEndpoint endpoint) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    static ClientCredentials of(TokenSourceContext context) {
        Set<String> properties = new HashSet<>(DatabricksEndpoint.PROPERTIES);
        properties.addAll(Set.of("client_id", Scopes.PROPERTY));
        MethodSettings settings = MethodSettings.of(context, properties, Set.of("client_secret"));
        return new ClientCredentials(
                settings.required("client_id"),
                settings.secret("client_secret"),
                Scopes.ofMachine(settings),
                DatabricksEndpoint.of(context, settings));
    }

    /** Application ids are UUIDs; an Azure or Databricks display name, number or e-mail is not. */
    boolean idLooksRight() {
        return UUID.matcher(clientId).matches();
    }

    /** OAuth secrets that Databricks makes begin with {@code dose}. */
    boolean secretLooksRight() {
        return clientSecret.reveal().startsWith("dose");
    }
}
