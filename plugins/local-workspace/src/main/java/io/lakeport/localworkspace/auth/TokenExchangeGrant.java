package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a token of an issuer that a federation policy names, and gives one of ours (RFC 8693). With a {@code client_id}
 * the service principal's own policies count, without one the account's.
 */
final class TokenExchangeGrant {
    static final String TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TOKEN_TYPE = "urn:ietf:params:oauth:token-type:";
    private static final Set<String> SUBJECT_TYPES =
            Set.of(TOKEN_TYPE + "jwt", TOKEN_TYPE + "id_token", TOKEN_TYPE + "access_token");

    private final Identities identities;
    private final TokenService tokens;
    private final FederationPolicies policies;

    TokenExchangeGrant(Identities identities, TokenService tokens, FederationPolicies policies) {
        this.identities = identities;
        this.tokens = tokens;
        this.policies = policies;
    }

    ObjectNode answer(TokenRequest request) throws JsonProcessingException {
        String text = request.required("subject_token");
        String type = request.required("subject_token_type");
        if (!SUBJECT_TYPES.contains(type)) {
            throw OAuthError.invalidRequest("The subject_token_type " + type + " is not supported");
        }
        Optional<JsonNode> ours = tokens.validClaims(text);
        if (ours.isPresent() && isOriginalEnough(request)) {
            return original(text, ours.get());
        }
        ForeignToken token =
                ForeignToken.parse(text).orElseThrow(() -> OAuthError.invalidGrant("The subject_token is not a JWT"));
        Principal principal = principal(request, token);
        Set<String> scopes = new LinkedHashSet<>(
                Scopes.parse(request.form().value("scope").orElse(Scopes.ALL_APIS), Scopes.supported()));
        scopes.remove(Scopes.OFFLINE);
        String client = request.clientId().isEmpty() ? principal.name() : request.clientId();
        return tokens.issue(new TokenService.Grant(principal, client, scopes, "", Optional.empty()), request.realm())
                .put("issued_token_type", TOKEN_TYPE + "access_token");
    }

    /** The drivers ask with this whenever they cannot tell whose token they were given. */
    private static boolean isOriginalEnough(TokenRequest request) {
        return request.form()
                .value("return_original_token_if_authenticated")
                .filter(Boolean::parseBoolean)
                .isPresent();
    }

    private ObjectNode original(String text, JsonNode claims) {
        long left = claims.path("exp").asLong() - tokens.clock().instant().getEpochSecond();
        return Json.object()
                .put("access_token", text)
                .put("issued_token_type", TOKEN_TYPE + "access_token")
                .put("token_type", "Bearer")
                .put("scope", claims.path("scope").asText())
                .put("expires_in", left);
    }

    private Principal principal(TokenRequest request, ForeignToken token) {
        Optional<DirectoryEntry> client = request.clientId().isEmpty()
                ? Optional.empty()
                : Optional.of(identities
                        .directory()
                        .find(PrincipalKind.SERVICE_PRINCIPAL, request.clientId())
                        .orElseThrow(() -> OAuthError.invalidClient(SecretCheck.UNKNOWN_CLIENT.description())));
        FederationPolicy policy = policy(token, client.map(DirectoryEntry::id));
        requireTimes(token.claims());
        String name = client.map(DirectoryEntry::name)
                .orElseGet(() -> token.claims().path(policy.subjectClaim()).asText());
        return identities
                .find(name)
                .or(() -> byExternalId(name))
                .filter(identities::isActive)
                .orElseThrow(() -> refused("no active user or service principal is its subject"));
    }

    private Optional<Principal> byExternalId(String id) {
        return identities.directory().all().stream()
                .filter(entry -> !entry.isGroup() && entry.externalId().equals(Optional.of(id)))
                .findFirst()
                .map(Principal::of);
    }

    private FederationPolicy policy(ForeignToken token, Optional<Long> servicePrincipal) {
        List<FederationPolicy> known = policies.of(token.claims().path("iss").asText(), servicePrincipal);
        if (known.isEmpty()) {
            throw refused("no federation policy trusts its issuer");
        }
        String objection = "";
        for (FederationPolicy policy : known) {
            Optional<String> raised = objection(policy, token);
            if (raised.isEmpty()) {
                return policy;
            }
            objection = raised.get();
        }
        throw refused(objection);
    }

    private static Optional<String> objection(FederationPolicy policy, ForeignToken token) {
        try {
            return token.isSignedBy(IssuerKeys.of(policy))
                    ? policy.objection(token.claims())
                    : Optional.of("no key of its issuer signed it");
        } catch (IOException e) {
            return Optional.of("the keys of its issuer are not to be had: " + e.getMessage());
        }
    }

    private void requireTimes(JsonNode claims) {
        long now = tokens.clock().instant().getEpochSecond();
        if (now >= claims.path("exp").asLong(0)) {
            throw refused("it has expired");
        }
        if (now + 60 < claims.path("nbf").asLong(0)) {
            throw refused("it is not valid yet");
        }
    }

    private static OAuthError refused(String why) {
        return OAuthError.invalidGrant("The subject_token cannot be exchanged: " + why);
    }
}
