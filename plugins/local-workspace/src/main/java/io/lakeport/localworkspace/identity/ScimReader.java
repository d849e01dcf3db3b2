package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.Entitlements;
import io.lakeport.localworkspace.http.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * SCIM resources as entries of the directory.
 *
 * @param directory knows who may be a member
 * @param account whether the account's API was given them, which knows no entitlements
 */
record ScimReader(Directory directory, boolean account) {
    /**
     * Reads a new entry.
     *
     * @throws ScimException invalidValue when it has no name or names what is not there
     */
    DirectoryEntry create(ScimKind kind, JsonNode resource) {
        String name = switch (kind) {
            case USER -> userName(resource);
            case GROUP -> required(resource, "displayName");
            case SERVICE_PRINCIPAL -> applicationId(resource);
        };
        return replace(DirectoryEntry.builder(kind.principal(), name).build(), resource);
    }

    private static String userName(JsonNode resource) {
        String name = required(resource, "userName").toLowerCase(Locale.ROOT);
        if (!name.matches("[^@\\s]+@[^@\\s]+")) {
            throw ScimException.invalid("Invalid userName: " + name + " is no email address.");
        }
        return name;
    }

    private static String applicationId(JsonNode resource) {
        String id = Json.text(resource, "applicationId")
                .orElseGet(() -> UUID.randomUUID().toString());
        if (!id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw ScimException.invalid("Invalid applicationId: " + id + " is no UUID.");
        }
        return id.toLowerCase(Locale.ROOT);
    }

    private static String required(JsonNode resource, String field) {
        return Json.text(resource, field)
                .orElseThrow(() -> ScimException.invalid("Request is missing the attribute " + field + "."));
    }

    /**
     * Returns an entry with everything that a resource may say about it replaced.
     *
     * @throws ScimException invalidValue when it names what is not there
     */
    DirectoryEntry replace(DirectoryEntry entry, JsonNode resource) {
        DirectoryEntry.Builder changed = entry.toBuilder()
                .externalId(Json.text(resource, "externalId"))
                .active(resource.path("active").asBoolean(true))
                .roles(values(resource, "roles"));
        if (!account) {
            changed.entitlements(entitlements(resource));
        }
        switch (entry.kind()) {
            case USER ->
                changed.name(userName(resource))
                        .personName(personName(resource))
                        .displayName(displayName(resource, entry));
            case SERVICE_PRINCIPAL -> changed.displayName(displayName(resource, entry));
            case GROUP -> changed.name(required(resource, "displayName")).members(members(entry, resource));
        }
        return changed.build();
    }

    private static String displayName(JsonNode resource, DirectoryEntry entry) {
        Map<String, String> name = personName(resource);
        String parts = (name.getOrDefault("givenName", "") + " " + name.getOrDefault("familyName", "")).trim();
        return Json.text(resource, "displayName").orElse(parts.isEmpty() ? entry.name() : parts);
    }

    private static Map<String, String> personName(JsonNode resource) {
        Map<String, String> name = new LinkedHashMap<>();
        for (String part : Set.of("givenName", "familyName")) {
            Json.text(resource.path("name"), part).ifPresent(text -> name.put(part, text));
        }
        return name;
    }

    private static Set<String> entitlements(JsonNode resource) {
        Set<String> entitlements = values(resource, "entitlements");
        for (String entitlement : entitlements) {
            if (!Entitlements.ALL.contains(entitlement)) {
                throw ScimException.invalid("Invalid entitlement: " + entitlement + ".");
            }
        }
        return entitlements;
    }

    private static Set<String> values(JsonNode resource, String field) {
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode element : resource.path(field)) {
            values.add(element.isTextual() ? element.asText() : required(element, "value"));
        }
        return values;
    }

    Set<Long> members(DirectoryEntry group, JsonNode resource) {
        Set<Long> members = new LinkedHashSet<>();
        for (String value : values(resource, "members")) {
            Optional<DirectoryEntry> member = number(value).flatMap(directory::find);
            if (member.isEmpty()) {
                throw ScimException.invalid("Member with id " + value + " does not exist.");
            }
            if (member.get().isGroup() && (isInside(group, member.get()) || Directory.isBuiltIn(member.get()))) {
                throw ScimException.invalid(
                        "Group " + member.get().name() + " cannot be a member of " + group.name() + ".");
            }
            members.add(member.get().id());
        }
        return members;
    }

    /** Whether making {@code member} a member of {@code group} would close a circle. */
    private boolean isInside(DirectoryEntry group, DirectoryEntry member) {
        return group.id() != 0
                && (member.id() == group.id()
                        || directory.groupsOf(group).stream().anyMatch(g -> g.id() == member.id()));
    }

    static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
