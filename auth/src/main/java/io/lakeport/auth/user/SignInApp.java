package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.DatabricksEndpoint;
import io.lakeport.auth.endpoint.Scopes;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The OAuth application to which users sign in.
 *
 * @param clientId its id
 * @param clientSecret its secret, empty for a public application
 * @param scopes asked of users
 * @param redirects where browsers may come back to; empty for wherever the host says
 * @param endpoint where users sign in: the workspace or its account
 * @param settings for messages
 */
record SignInApp(
        String clientId,
        Optional<Secret> clientSecret,
        Set<String> scopes,
        List<String> redirects,
        DatabricksEndpoint endpoint,
        MethodSettings settings) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static SignInApp of(TokenSourceContext context) {
        Set<String> properties = new HashSet<>(DatabricksEndpoint.PROPERTIES);
        properties.addAll(Set.of("client_id", Scopes.PROPERTY, "redirect_urls"));
        MethodSettings settings = MethodSettings.of(context, properties, Set.of("client_secret"));
        return new SignInApp(
                settings.required("client_id"),
                settings.optionalSecret("client_secret"),
                Scopes.ofUser(settings),
                settings.words("redirect_urls")
                        .map(text -> List.of(text.split(" +")))
                        .orElse(List.of()),
                DatabricksEndpoint.of(context, settings),
                settings);
    }

    boolean asksForIdToken() {
        return scopes.contains("openid");
    }

    /**
     * Returns the redirect when a code may be sent there.
     *
     * @throws LakeportException INVALID_REQUEST when it is not one of those that are configured, or is plain http
     *     beyond loopback and not configured
     */
    String requireRedirect(URI redirect) {
        String text = redirect.toString();
        if (!redirects.isEmpty()) {
            if (!redirects.contains(text)) {
                throw settings.invalid("the redirect '" + text + "' is none of property 'redirect_urls' " + redirects
                        + "; Databricks compares them letter by letter");
            }
            return text;
        }
        boolean loopback = "http".equals(redirect.getScheme()) && LOOPBACK.contains(String.valueOf(redirect.getHost()));
        boolean plain =
                redirect.getHost() != null && redirect.getRawFragment() == null && redirect.getUserInfo() == null;
        if (!plain || (!"https".equals(redirect.getScheme()) && !loopback)) {
            throw settings.invalid("the redirect must be an https URL without user and fragment (http on loopback only;"
                    + " to come back to another http address, list it in property 'redirect_urls')");
        }
        return text;
    }

    /** Adds how the application authenticates: by its secret, or by its id alone when it is public. */
    TokenForm identify(TokenForm form) {
        return clientSecret
                .map(secret -> form.basic(clientId, secret))
                .orElseGet(() -> form.put("client_id", clientId));
    }
}
