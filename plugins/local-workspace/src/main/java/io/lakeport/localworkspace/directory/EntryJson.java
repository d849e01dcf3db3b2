package io.lakeport.localworkspace.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Entries as the workspace keeps them between two starts. */
final class EntryJson {
    private EntryJson() {}

    static ObjectNode write(DirectoryEntry entry) {
        ObjectNode node = Json.object()
                .put("id", entry.id())
                .put("kind", entry.kind().name())
                .put("name", entry.name())
                .put("displayName", entry.displayName())
                .put("active", entry.active())
                .put("level", entry.level().name());
        entry.externalId().ifPresent(id -> node.put("externalId", id));
        entry.assignment().ifPresent(assignment -> node.put("assignment", assignment.name()));
        ObjectNode person = node.putObject("personName");
        entry.personName().forEach(person::put);
        entry.entitlements().forEach(node.putArray("entitlements")::add);
        entry.roles().forEach(node.putArray("roles")::add);
        entry.members().forEach(node.putArray("members")::add);
        return node;
    }

    static DirectoryEntry read(JsonNode node) {
        Map<String, String> person = new LinkedHashMap<>();
        node.path("personName")
                .properties()
                .forEach(part -> person.put(part.getKey(), part.getValue().asText()));
        Set<Long> members = new LinkedHashSet<>();
        node.path("members").forEach(member -> members.add(member.asLong()));
        return DirectoryEntry.builder(
                        PrincipalKind.valueOf(node.path("kind").asText()),
                        node.path("name").asText())
                .id(node.path("id").asLong())
                .displayName(node.path("displayName").asText())
                .externalId(Json.text(node, "externalId"))
                .active(node.path("active").asBoolean())
                .personName(person)
                .entitlements(texts(node.path("entitlements")))
                .roles(texts(node.path("roles")))
                .members(members)
                .level(Level.valueOf(node.path("level").asText()))
                .assignment(Json.text(node, "assignment").map(Assignment::valueOf))
                .build();
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
