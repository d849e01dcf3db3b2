package io.lakeport.auth.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInCheckProvider;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks the workspace who we are; where the scopes do not allow that, for its warehouses. */
public final class RestSignInCheckProvider implements SignInCheckProvider {
    private static final String ME = "/api/2.0/preview/scim/v2/Me";
    private static final String WAREHOUSES = "/api/2.0/sql/warehouses";

    /** The user name of a service principal is its application id. */
    private static final Pattern APPLICATION_ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public RestSignInCheckProvider() {}

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public SignedIn check(TokenSourceContext context, TokenSource tokens, Deadline deadline) {
        AccessToken token = tokens.token(deadline);
        TokenEndpoint asking = new TokenEndpoint(
                context,
                "token.check",
                "a Databricks workspace",
                refusal -> refusal.as(CoreError.TOKEN_REJECTED, "look at what it says"));
        Answer answer = ask(context, asking, token, ME, deadline);
        if (CallRefusals.isScope(answer)) {
            answer = ask(context, asking, token, WAREHOUSES, deadline);
            require(context, asking, token, answer);
            return new SignedIn(Optional.empty(), false, token.expiresAt());
        }
        require(context, asking, token, answer);
        String name = answer.json()
                .map(node -> node.path("userName").asText(""))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> asking.unexpected(context.host().resolve(ME), "something that names no user"));
        return new SignedIn(Optional.of(name), APPLICATION_ID.matcher(name).matches(), token.expiresAt());
    }

    private static Answer ask(
            TokenSourceContext context, TokenEndpoint asking, AccessToken token, String path, Deadline deadline) {
        URI uri = context.host().resolve(path);
        HttpRequest.Builder request = asking.request(uri);
        token.forEachHeader(request::header);
        return asking.get(request, uri, deadline);
    }

    private static void require(TokenSourceContext context, TokenEndpoint asking, AccessToken token, Answer answer) {
        if (answer.status() == 200) {
            return;
        }
        String message = answer.json().map(RestSignInCheckProvider::message).orElse("");
        if (message.isEmpty()) {
            throw asking.unexpected(context.host().resolve(ME), answer.described());
        }
        LakeportException refused = CallRefusals.of(context, token, answer, message);
        throw refused.with("tenant", context.tenant().value());
    }

    /** SCIM has a form of its own for errors. */
    private static String message(JsonNode body) {
        return body.path("message").asText(body.path("detail").asText(""));
    }
}
