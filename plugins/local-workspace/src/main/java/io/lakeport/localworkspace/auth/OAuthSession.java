package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A user's consent to an application and the refresh tokens that followed one another from it.
 *
 * @param id of the session
 * @param principalId numeric id of the user
 * @param clientId of the application
 * @param scopes that the user gave
 * @param startedAt when the user signed in
 * @param currentHash hash of the refresh token that serves next
 * @param currentEndsAt from when on it is refused
 * @param usedHashes hashes of those that served before
 */
record OAuthSession(
        String id,
        long principalId,
        String clientId,
        Set<String> scopes,
        Instant startedAt,
        String currentHash,
        Instant currentEndsAt,
        List<String> usedHashes) {
    OAuthSession next(String hash, Instant endsAt) {
        List<String> used = new ArrayList<>(usedHashes);
        used.add(currentHash);
        return new OAuthSession(id, principalId, clientId, scopes, startedAt, hash, endsAt, used);
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object()
                .put("id", id)
                .put("principal", principalId)
                .put("client", clientId)
                .put("startedAt", startedAt.toString())
                .put("current", currentHash)
                .put("endsAt", currentEndsAt.toString());
        scopes.forEach(node.putArray("scopes")::add);
        usedHashes.forEach(node.putArray("used")::add);
        return node;
    }

    static OAuthSession read(JsonNode node) {
        Set<String> scopes = new LinkedHashSet<>();
        node.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        List<String> used = new ArrayList<>();
        node.path("used").forEach(hash -> used.add(hash.asText()));
        return new OAuthSession(
                node.path("id").asText(),
                node.path("principal").asLong(),
                node.path("client").asText(),
                scopes,
                Instant.parse(node.path("startedAt").asText()),
                node.path("current").asText(),
                Instant.parse(node.path("endsAt").asText()),
                used);
    }
}
