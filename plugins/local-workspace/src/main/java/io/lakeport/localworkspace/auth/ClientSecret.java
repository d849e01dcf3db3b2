package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Instant;

/**
 * What the workspace keeps of an OAuth secret of a service principal.
 *
 * @param id of the secret, a UUID
 * @param principalId numeric id of the service principal
 * @param hash SHA-256 of the secret, in hexadecimal digits
 * @param createdAt when it was created
 * @param endsAt from when on it is refused
 * @param startup whether a start of the workspace made it
 */
public record ClientSecret(
        String id, long principalId, String hash, Instant createdAt, Instant endsAt, boolean startup) {
    ObjectNode toJson() {
        return Json.object()
                .put("id", id)
                .put("principal", principalId)
                .put("hash", hash)
                .put("createdAt", createdAt.toString())
                .put("endsAt", endsAt.toString())
                .put("startup", startup);
    }

    static ClientSecret read(JsonNode node) {
        return new ClientSecret(
                node.path("id").asText(),
                node.path("principal").asLong(),
                node.path("hash").asText(),
                Instant.parse(node.path("createdAt").asText()),
                Instant.parse(node.path("endsAt").asText()),
                node.path("startup").asBoolean());
    }

    ClientSecret endingAt(Instant end) {
        return new ClientSecret(id, principalId, hash, createdAt, end, startup);
    }
}
