package io.lakeport.auth.oauth;

import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.time.Deadline;

/** Asks for a token with every call; caching is the caller's. */
final class ClientCredentialsSource implements TokenSource {
    private final ClientCredentials credentials;
    private final TokenEndpoint asking;

    ClientCredentialsSource(TokenSourceContext context, ClientCredentials credentials) {
        this.credentials = credentials;
        this.asking = new TokenEndpoint(
                context,
                "token.m2m",
                "a Databricks " + (credentials.endpoint().account().isPresent() ? "account" : "workspace"),
                refusal -> ClientRefusals.of(refusal, credentials));
    }

    @Override
    public AccessToken token(Deadline deadline) {
        TokenForm form = TokenForm.of("client_credentials")
                .put("scope", credentials.scope())
                .basic(credentials.clientId(), credentials.clientSecret());
        return credentials.endpoint().token(asking, form, deadline).access();
    }
}
