package io.lakeport.auth.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.auth.endpoint.Endpoints;
import io.lakeport.auth.jwt.PrivateKeyText;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.security.interfaces.RSAPrivateKey;

/**
 * A key file of a service account.
 *
 * @param email of the service account
 * @param keyId of the key
 * @param key the key
 * @param endpoint where Google gives tokens for it
 */
record ServiceAccountKey(String email, String keyId, RSAPrivateKey key, URI endpoint) {
    static final String SECRET = "service_account_key";

    static ServiceAccountKey of(MethodSettings settings) {
        Secret text = settings.text(SECRET);
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(text.reveal());
        } catch (JsonProcessingException e) {
            // Its message quotes the text.
            throw settings.invalid(
                    "secret '" + SECRET + "' is not JSON; give the whole key file, for example" + " ${file:key.json}");
        }
        String type = json.path("type").asText("");
        if (!type.equals("service_account")) {
            throw settings.invalid("secret '" + SECRET + "' is of type '" + (type.matches("[a-z_]{1,40}") ? type : "?")
                    + "' and not 'service_account'; create a JSON key of a service account");
        }
        try {
            RSAPrivateKey key =
                    PrivateKeyText.read(Secret.of(json.path("private_key").asText(" x")));
            return new ServiceAccountKey(
                    required(settings, json, "client_email"),
                    required(settings, json, "private_key_id"),
                    key,
                    Endpoints.safe(json.path("token_uri").asText("https://oauth2.googleapis.com/token"))
                            .orElseThrow(() ->
                                    settings.invalid("secret '" + SECRET + "': its 'token_uri' is no https" + " URL")));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("secret '" + SECRET + "': " + e.getMessage());
        }
    }

    private static String required(MethodSettings settings, JsonNode json, String field) {
        String text = json.path(field).asText("");
        if (text.isBlank()) {
            throw settings.invalid("secret '" + SECRET + "' has no '" + field + "'; give the whole key file");
        }
        return text;
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[" + email + ", " + keyId + "]";
    }
}
