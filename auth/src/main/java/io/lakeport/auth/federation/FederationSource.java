package io.lakeport.auth.federation;

import io.lakeport.auth.endpoint.DatabricksEndpoint;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** Exchanges a token with every call; caching is the caller's. */
final class FederationSource implements TokenSource {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final TokenSourceContext context;
    private final Optional<String> clientId;
    private final String scope;
    private final IdTokens tokens;
    private final DatabricksEndpoint endpoint;

    FederationSource(
            TokenSourceContext context,
            Optional<String> clientId,
            String scope,
            IdTokens tokens,
            DatabricksEndpoint endpoint) {
        this.context = context;
        this.clientId = clientId;
        this.scope = scope;
        this.tokens = tokens;
        this.endpoint = endpoint;
    }

    @Override
    public AccessToken token(Deadline deadline) {
        Secret subject = tokens.next(deadline);
        ExchangeRefusals refusals = new ExchangeRefusals(subject, tokens.origin(), clientId, context.clock());
        TokenEndpoint asking = new TokenEndpoint(
                context,
                "token.exchange",
                "a Databricks " + (endpoint.account().isPresent() ? "account" : "workspace"),
                refusals::of);
        TokenForm form = TokenForm.of(GRANT).put("subject_token_type", JWT).secret("subject_token", subject);
        form.put("scope", scope);
        clientId.ifPresent(id -> form.put("client_id", id));
        return endpoint.token(asking, form, deadline).access();
    }
}
