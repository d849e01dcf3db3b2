package io.lakeport.auth.oauth;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token endpoint for a token with every call; caching is the caller's. The endpoint is the workspace's own,
 * {@code /oidc/v1/token}; only when that path does not exist is the discovery document asked for another.
 */
final class ClientCredentialsSource implements TokenSource {
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final TokenSourceContext context;
    private final ClientCredentials credentials;
    private final TokenAnswers answers;

    /** The endpoint that discovery named, kept so that it is asked for once. */
    private volatile @Nullable URI discovered;

    ClientCredentialsSource(TokenSourceContext context, ClientCredentials credentials) {
        this.context = context;
        this.credentials = credentials;
        this.answers = new TokenAnswers(context, credentials);
    }

    @Override
    public AccessToken token(Deadline deadline) {
        URI known = discovered;
        URI endpoint = known != null
                ? known
                : credentials.tokenEndpoint().orElse(context.host().resolve(Endpoints.TOKEN_PATH));
        Optional<AccessToken> token = ask(endpoint, deadline);
        if (token.isPresent()) {
            return token.get();
        }
        if (known != null || credentials.tokenEndpoint().isPresent()) {
            throw answers.noSuchEndpoint(endpoint);
        }
        URI other = discover(deadline);
        AccessToken fromOther = ask(other, deadline).orElseThrow(() -> answers.noSuchEndpoint(other));
        discovered = other;
        return fromOther;
    }

    /** Returns empty when the endpoint does not exist. */
    private Optional<AccessToken> ask(URI endpoint, Deadline deadline) {
        return guarded("token.m2m", deadline, limit -> {
            HttpRequest.Builder request = request(endpoint)
                    .header("Authorization", credentials.basicHeader())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope="
                            + URLEncoder.encode(credentials.scope(), StandardCharsets.UTF_8)));
            Answer answer = TokenHttp.send(request, what("asking " + endpoint.getAuthority() + " for a token"), limit);
            return answer.status() == 404 ? Optional.empty() : Optional.of(answers.token(answer, endpoint));
        });
    }

    private URI discover(Deadline deadline) {
        URI document = context.host().resolve(Endpoints.DISCOVERY_PATH);
        return guarded("token.discovery", deadline, limit -> {
            String what = what("asking " + document.getAuthority() + " for its token endpoint");
            return answers.endpoint(TokenHttp.send(request(document).GET(), what, limit), document);
        });
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("User-Agent", context.userAgent().headerValue())
                .header("Accept", "application/json");
    }

    private <T> T guarded(String name, Deadline deadline, Exchange<T> exchange) {
        GuardedCall call =
                new GuardedCall(context.host().authority(), context.tenant().value(), "token", name, true, deadline);
        try {
            return context.guard().call(call, () -> exchange.run(deadline.atMost(LONGEST_REQUEST)));
        } catch (LakeportException e) {
            throw e.with("tenant", context.tenant().value());
        }
    }

    private String what(String action) {
        return "tenant '" + context.tenant() + "': " + action;
    }

    /** One request and the reading of its answer. */
    private interface Exchange<T> {
        T run(Deadline limit);
    }
}
