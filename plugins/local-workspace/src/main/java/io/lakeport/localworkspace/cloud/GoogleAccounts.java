package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.ForeignToken;
import io.lakeport.localworkspace.auth.JwtSigner;
import io.lakeport.localworkspace.http.Form;
import io.lakeport.localworkspace.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Google service accounts with keys. Texts of refusals are Google's. Thread-safe. */
public final class GoogleAccounts {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final long LIFETIME_SECONDS = 3600;

    private final JwtSigner signer;
    private final Clock clock;
    private final Map<String, JsonNode> keys = new ConcurrentHashMap<>();

    GoogleAccounts(JwtSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** Adds a service account with the public key of its key file, as a JSON web key set. */
    public void add(String email, String keySet) {
        try {
            keys.put(email, Json.parse(keySet));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a key set", e);
        }
    }

    /** Deletes a service account with its keys. */
    public void remove(String email) {
        keys.remove(email);
    }

    ObjectNode token(String endpoint, Form form) throws ProviderRefusal, JsonProcessingException {
        if (!form.value("grant_type").orElse("").equals(GRANT)) {
            throw new ProviderRefusal(400, "unsupported_grant_type", "Invalid grant_type: " + form.value("grant_type"));
        }
        ForeignToken assertion = ForeignToken.parse(form.value("assertion").orElse(""))
                .orElseThrow(() -> refused("Invalid JWT: Failed audience check."));
        JsonNode claims = assertion.claims();
        JsonNode keySet = keys.get(claims.path("iss").asText());
        if (keySet == null) {
            throw refused("Invalid grant: account not found");
        }
        if (!assertion.isSignedBy(keySet)) {
            throw refused("Invalid JWT Signature.");
        }
        check(claims, endpoint);
        String audience = claims.path("target_audience").asText("");
        if (!audience.isEmpty()) {
            return Json.object().put("id_token", idToken(claims.path("iss").asText(), audience));
        }
        return Json.object()
                .put("access_token", "ya29.c." + UUID.randomUUID())
                .put("expires_in", LIFETIME_SECONDS - 1)
                .put("token_type", "Bearer");
    }

    private void check(JsonNode claims, String endpoint) throws ProviderRefusal {
        if (!claims.path("aud").asText().equals(endpoint)) {
            throw refused("Invalid JWT: Failed audience check.");
        }
        long now = clock.instant().getEpochSecond();
        long from = claims.path("iat").asLong();
        long end = claims.path("exp").asLong();
        if (from > now + 300 || end < now || end - from > LIFETIME_SECONDS) {
            throw refused("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                    + " Check your iat and exp values in the JWT claim.");
        }
    }

    private static ProviderRefusal refused(String description) {
        return new ProviderRefusal(400, "invalid_grant", description);
    }

    private String idToken(String email, String audience) throws JsonProcessingException {
        Instant now = clock.instant();
        return signer.signId(Json.object()
                .put("iss", "https://accounts.google.com")
                .put("aud", audience)
                .put("azp", email)
                .put("email", email)
                .put("email_verified", true)
                .put("sub", String.valueOf(Math.abs((long) email.hashCode())))
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + LIFETIME_SECONDS));
    }

    /** Returns what an id token of Google says; empty for any other text. */
    Optional<JsonNode> claims(String token) {
        return ForeignToken.parse(token)
                .filter(parsed -> parsed.isSignedBy(signer.keySet()))
                .map(ForeignToken::claims);
    }
}
