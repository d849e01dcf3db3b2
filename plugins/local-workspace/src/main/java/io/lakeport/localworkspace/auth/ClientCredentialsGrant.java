package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A service principal signs in with its secret. */
final class ClientCredentialsGrant {
    private final Identities identities;
    private final TokenService tokens;

    ClientCredentialsGrant(Identities identities, TokenService tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    ObjectNode answer(TokenRequest request) throws JsonProcessingException {
        SecretCheck check = identities.check(request.clientId(), request.clientSecret());
        Optional<Principal> principal = identities.find(request.clientId());
        if (check != SecretCheck.VALID || principal.isEmpty()) {
            throw OAuthError.invalidClient(check.description());
        }
        Set<String> scopes = new LinkedHashSet<>(
                Scopes.parse(request.form().value("scope").orElse(Scopes.ALL_APIS), Scopes.supported()));
        // There is nothing to refresh: whoever has the secret can have another token.
        scopes.remove(Scopes.OFFLINE);
        if (scopes.isEmpty()) {
            throw OAuthError.invalidScope("The scope offline_access alone opens nothing");
        }
        return tokens.issue(
                new TokenService.Grant(principal.get(), request.clientId(), scopes, "", Optional.empty()),
                request.realm());
    }
}
