package io.lakeport.auth.entra;

import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.endpoint.Endpoints;
import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Method {@code azure-msi}: the managed identity of the Azure machine on which the host runs. There is no secret.
 *
 * <p>On virtual machines and AKS nodes the instance metadata service is asked. In App Service, Functions and Container
 * Apps, property {@code endpoint} is what the platform has in {@code IDENTITY_ENDPOINT}, and secret {@code
 * identity_header} what it has in {@code IDENTITY_HEADER}; neither is read implicitly. Optional properties: {@code
 * client_id} (of a user-assigned identity) and {@code workspace_resource_id}.
 */
public final class ManagedIdentityTokenSourceProvider implements TokenSourceProvider {
    private static final String METADATA = "http://169.254.169.254/metadata/identity/oauth2/token";
    private static final String HEADER = "identity_header";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ManagedIdentityTokenSourceProvider() {}

    @Override
    public String method() {
        return "azure-msi";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings =
                MethodSettings.of(context, Set.of("client_id", "endpoint", AzureDatabricks.WORKSPACE), Set.of(HEADER));
        Optional<Secret> header = settings.optionalSecret(HEADER);
        Optional<String> given = settings.optional("endpoint");
        if (header.isPresent() && given.isEmpty()) {
            throw settings.invalid(
                    "secret '" + HEADER + "' stands without property 'endpoint'; App Service has both, in"
                            + " IDENTITY_HEADER and IDENTITY_ENDPOINT");
        }
        String text = given.orElse(METADATA);
        URI endpoint = Endpoints.onThisMachine(text)
                .orElseThrow(() -> settings.invalid("property 'endpoint' must be plain http on a loopback or link-local"
                        + " address: a managed identity is given by the machine itself"));
        Machine machine = new Machine(context, endpoint, settings.optional("client_id"), header);
        Optional<String> workspace = AzureDatabricks.workspace(settings);
        return deadline -> AzureDatabricks.token(machine::token, workspace, deadline);
    }

    /** The service that gives the identity. */
    private static final class Machine {
        private final TokenEndpoint asking;
        private final URI endpoint;
        private final Optional<String> clientId;
        private final Optional<Secret> header;

        Machine(TokenSourceContext context, URI endpoint, Optional<String> clientId, Optional<Secret> header) {
            this.asking = new TokenEndpoint(context, "token.msi", "Azure's identity service", this::meaning);
            this.endpoint = endpoint;
            this.clientId = clientId;
            this.header = header;
        }

        AccessToken token(String resource, Deadline deadline) {
            String query = "?api-version=" + (header.isPresent() ? "2019-08-01" : "2018-02-01") + "&resource="
                    + encode(resource)
                    + clientId.map(id -> "&client_id=" + encode(id)).orElse("");
            HttpRequest.Builder request = asking.request(URI.create(endpoint + query));
            // Only who can set a header gets a token: a request that somebody made us forward cannot.
            header.ifPresentOrElse(
                    secret -> request.header("X-IDENTITY-HEADER", secret.reveal()),
                    () -> request.header("Metadata", "true"));
            Answer answer = asking.get(request, endpoint, deadline);
            if (answer.status() == 404) {
                throw asking.noSuchEndpoint(endpoint);
            }
            return asking.read(answer, endpoint, TokenForm.empty()).access();
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private LakeportException meaning(Refusal refusal) {
            if (refusal.status() == 401) {
                return refusal.as(
                        CoreError.WRONG_SECRET,
                        "'identity_header' is not what the platform gave this process; it changes with every restart,"
                                + " so refer to ${env:IDENTITY_HEADER}");
            }
            if (refusal.mentions("identity not found", "multiple user assigned", "no managed identity")) {
                return refusal.as(
                        SignInError.NO_MANAGED_IDENTITY,
                        clientId.map(id -> "assign identity '" + id + "' to this machine, or correct 'client_id'")
                                .orElse("turn on the machine's system-assigned identity, or name one by 'client_id'"));
            }
            return refusal.mentions("aadsts500011", "invalid_resource")
                    ? refusal.as(
                            SignInError.WRONG_AUDIENCE,
                            "the machine belongs to a directory that does not know Azure Databricks")
                    : refusal.as(CoreError.TOKEN_REJECTED, "look at what it says");
        }
    }
}
