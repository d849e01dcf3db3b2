package io.lakeport.auth.entra;

import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** An Entra application that signs in for itself, whatever it proves its identity by. */
final class EntraClient implements TokenSource {
    private static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com");
    private static final Set<String> PROPERTIES =
            Set.of("tenant_id", "client_id", "authority_host", AzureDatabricks.WORKSPACE);

    private final String clientId;
    private final URI endpoint;
    private final Optional<String> workspace;
    private final TokenEndpoint asking;
    private final BiFunction<TokenForm, URI, TokenForm> proof;

    private EntraClient(
            TokenSourceContext context, MethodSettings settings, BiFunction<TokenForm, URI, TokenForm> proof) {
        this.clientId = settings.required("client_id");
        String directory = settings.required("tenant_id");
        if (!directory.matches("[A-Za-z0-9.-]{1,100}")) {
            throw settings.invalid("property 'tenant_id' must be the id or a domain of the Entra directory");
        }
        URI authority = settings.url("authority_host").orElse(PUBLIC_CLOUD);
        this.endpoint = URI.create(authority + "/" + directory + "/oauth2/v2.0/token");
        this.workspace = AzureDatabricks.workspace(settings);
        this.asking = new TokenEndpoint(
                context, "token.entra", "Microsoft Entra", refusal -> EntraRefusals.of(refusal, clientId, directory));
        this.proof = proof;
    }

    static MethodSettings settings(TokenSourceContext context, String secret) {
        return MethodSettings.of(context, new HashSet<>(PROPERTIES), Set.of(secret));
    }

    /**
     * Creates one.
     *
     * @param proof adds to a form for an endpoint what proves the application's identity
     */
    static EntraClient of(
            TokenSourceContext context, MethodSettings settings, BiFunction<TokenForm, URI, TokenForm> proof) {
        return new EntraClient(context, settings, proof);
    }

    @Override
    public AccessToken token(Deadline deadline) {
        return AzureDatabricks.token(this::token, workspace, deadline);
    }

    private AccessToken token(String resource, Deadline deadline) {
        TokenForm form =
                TokenForm.of("client_credentials").put("client_id", clientId).put("scope", scope(resource));
        return asking.require(endpoint, proof.apply(form, endpoint), deadline).access();
    }

    /** A resource that ends in a slash keeps it, so that two stand in the scope: Entra drops one of them. */
    private static String scope(String resource) {
        return resource + "/.default";
    }
}
