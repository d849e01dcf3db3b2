package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Finds the key set of a federated issuer: in the policy, or where the policy or the issuer says. */
final class IssuerKeys {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private IssuerKeys() {}

    /**
     * Returns the key set.
     *
     * @throws IOException when it is not to be had
     */
    static JsonNode of(FederationPolicy policy) throws IOException {
        if (policy.keySet().isPresent()) {
            return Json.parse(policy.keySet().get());
        }
        String url = policy.keySetUrl().isPresent()
                ? policy.keySetUrl().get()
                : fetch(policy.issuer() + "/.well-known/openid-configuration")
                        .path("jwks_uri")
                        .asText();
        return fetch(url);
    }

    private static JsonNode fetch(String url) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answered with status " + answer.statusCode());
            }
            return Json.parse(answer.body());
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is no URL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
