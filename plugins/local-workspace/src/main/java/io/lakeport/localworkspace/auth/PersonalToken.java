package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the workspace keeps of a personal access token.
 *
 * @param id of the token, 64 hexadecimal digits as Databricks' are
 * @param ownerId numeric id of who signs in with it
 * @param creatorId numeric id of who created it
 * @param hash SHA-256 of the token, in hexadecimal digits
 * @param comment what its creator wrote about it, may be empty
 * @param createdAt when it was created
 * @param endsAt from when on it is refused; empty when it does not end
 * @param scopes APIs that it opens; empty for all
 * @param startup whether a start of the workspace made it
 */
public record PersonalToken(
        String id,
        long ownerId,
        long creatorId,
        String hash,
        String comment,
        Instant createdAt,
        Optional<Instant> endsAt,
        List<String> scopes,
        boolean startup) {
    /** Copies. */
    public PersonalToken {
        scopes = List.copyOf(scopes);
    }

    ObjectNode toJson() {
        ObjectNode node = Json.object()
                .put("id", id)
                .put("owner", ownerId)
                .put("creator", creatorId)
                .put("hash", hash)
                .put("comment", comment)
                .put("createdAt", createdAt.toString())
                .put("startup", startup);
        endsAt.ifPresent(end -> node.put("endsAt", end.toString()));
        scopes.forEach(node.putArray("scopes")::add);
        return node;
    }

    static PersonalToken read(JsonNode node) {
        List<String> scopes = new ArrayList<>();
        node.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return new PersonalToken(
                node.path("id").asText(),
                node.path("owner").asLong(),
                node.path("creator").asLong(),
                node.path("hash").asText(),
                node.path("comment").asText(),
                Instant.parse(node.path("createdAt").asText()),
                Json.text(node, "endsAt").map(Instant::parse),
                scopes,
                node.path("startup").asBoolean());
    }

    PersonalToken endingAt(Instant end) {
        return new PersonalToken(id, ownerId, creatorId, hash, comment, createdAt, Optional.of(end), scopes, startup);
    }

    /** Returns this token with another comment. */
    public PersonalToken withComment(String text) {
        return new PersonalToken(id, ownerId, creatorId, hash, text, createdAt, endsAt, scopes, startup);
    }

    boolean isValidAt(Instant now) {
        return endsAt.isEmpty() || endsAt.get().isAfter(now);
    }
}
