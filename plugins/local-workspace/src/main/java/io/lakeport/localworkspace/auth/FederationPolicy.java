package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens the account trusts, as the Federation Policy API has it.
 *
 * @param servicePrincipalId whom its tokens stand for; empty for whoever the subject names
 * @param issuer that tokens must name
 * @param audiences of which tokens must name one
 * @param subject that tokens must name, of a service principal's policy
 * @param subjectClaim claim that names the subject
 * @param keySet JSON web key set of the issuer; empty when it is to be fetched
 * @param keySetUrl where the key set is; empty for what the issuer's discovery names
 */
record FederationPolicy(
        Optional<Long> servicePrincipalId,
        String issuer,
        Set<String> audiences,
        Optional<String> subject,
        String subjectClaim,
        Optional<String> keySet,
        Optional<String> keySetUrl) {
    static FederationPolicy read(JsonNode node) {
        JsonNode oidc = node.path("oidc_policy");
        Set<String> audiences = new LinkedHashSet<>();
        oidc.path("audiences").forEach(audience -> audiences.add(audience.asText()));
        if (audiences.isEmpty()) {
            audiences.add(WorkspaceIdentity.ACCOUNT_ID);
        }
        return new FederationPolicy(
                node.hasNonNull("service_principal_id")
                        ? Optional.of(node.get("service_principal_id").asLong())
                        : Optional.empty(),
                oidc.path("issuer").asText(),
                audiences,
                text(oidc, "subject"),
                text(oidc, "subject_claim").orElse("sub"),
                text(oidc, "jwks_json"),
                text(oidc, "jwks_uri"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    /** Returns why a token with these claims does not fall under this policy; empty when it does. */
    Optional<String> objection(JsonNode claims) {
        Set<String> named = new LinkedHashSet<>();
        JsonNode audience = claims.path("aud");
        if (audience.isArray()) {
            audience.forEach(one -> named.add(one.asText()));
        } else {
            named.add(audience.asText());
        }
        named.retainAll(audiences);
        if (named.isEmpty()) {
            return Optional.of("its audience is none of the policy's");
        }
        String actual = claims.path(subjectClaim).asText("");
        if (actual.isEmpty()) {
            return Optional.of("it has no claim " + subjectClaim);
        }
        return subject.filter(expected -> !expected.equals(actual)).map(expected -> "its subject is not the policy's");
    }
}
