package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Permissions API for every type of object that has permissions. */
final class PermissionRoutes {
    private static final String ROOT = "/api/2.0/permissions/";

    private final Callers callers;
    private final Permissions permissions;

    PermissionRoutes(Callers callers, Permissions permissions) {
        this.callers = callers;
        this.permissions = permissions;
    }

    private record Target(ObjectType type, String id) {}

    private interface Action {
        void run(Exchange exchange, Target target) throws IOException;
    }

    void addTo(Router router) {
        for (String pattern : List.of(ROOT + "{type}/{id}", ROOT + "sql/{type}/{id}")) {
            router.add("GET", pattern, on(this::get));
            router.add("PUT", pattern, on((exchange, target) -> change(exchange, target, true)));
            router.add("PATCH", pattern, on((exchange, target) -> change(exchange, target, false)));
            router.add("GET", pattern + "/permissionLevels", on((exchange, target) -> levels(exchange, target.type())));
        }
    }

    private Handler on(Action action) {
        return (exchange, path) -> action.run(exchange, target(exchange, path));
    }

    private Target target(Exchange exchange, PathValues path) {
        callers.any(exchange);
        ObjectType type = ObjectType.ofPath(path.get("type"))
                .orElseThrow(() -> ApiException.invalid("'" + path.get("type") + "' is not a supported object type."));
        if (!permissions.exists(type, path.get("id"))) {
            throw new ApiException(
                    404,
                    "RESOURCE_DOES_NOT_EXIST",
                    type.objectType(path.get("id")) + " " + path.get("id") + " does not exist.");
        }
        return new Target(type, path.get("id"));
    }

    private void get(Exchange exchange, Target target) throws IOException {
        Principal caller = callers.any(exchange);
        permissions.require(
                caller, target.type(), target.id(), target.type().levels().get(0));
        Json.respond(exchange, 200, json(target));
    }

    private ObjectNode json(Target target) {
        ObjectNode answer = Json.object()
                .put("object_id", target.type().root() + target.id())
                .put("object_type", target.type().objectType(target.id()));
        ArrayNode list = answer.putArray("access_control_list");
        Directory directory = callers.directory();
        permissions
                .levels(target.type(), target.id())
                .forEach((id, level) -> directory.find(id).ifPresent(entry -> add(list, entry, level)));
        List<PermissionLevel> levels = target.type().levels();
        directory.find(Directory.ADMINS).ifPresent(admins -> {
            ObjectNode permission = add(list, admins, levels.get(levels.size() - 1));
            permission.put("inherited", true);
            permission.putArray("inherited_from_object").add(target.type().root());
        });
        return answer;
    }

    private static ObjectNode add(ArrayNode list, DirectoryEntry entry, PermissionLevel level) {
        ObjectNode node = list.addObject();
        switch (entry.kind()) {
            case USER -> node.put("user_name", entry.name());
            case SERVICE_PRINCIPAL -> node.put("service_principal_name", entry.name());
            case GROUP -> node.put("group_name", entry.name());
        }
        if (!entry.isGroup()) {
            node.put("display_name", entry.displayName());
        }
        return node.putArray("all_permissions")
                .addObject()
                .put("permission_level", level.name())
                .put("inherited", false);
    }

    private void levels(Exchange exchange, ObjectType type) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("permission_levels");
        type.levels()
                .forEach(level -> array.addObject()
                        .put("permission_level", level.name())
                        .put("description", level.words() + " " + type.path()));
        Json.respond(exchange, 200, answer);
    }

    private void change(Exchange exchange, Target target, boolean replace) throws IOException {
        Principal caller = callers.any(exchange);
        PermissionLevel manager = target.type().ofCreator();
        permissions.require(caller, target.type(), target.id(), manager);
        synchronized (this) {
            Map<Long, PermissionLevel> old = permissions.levels(target.type(), target.id());
            Optional<Long> owner = owner(old);
            Map<Long, PermissionLevel> levels = new LinkedHashMap<>(replace ? Map.of() : old);
            boolean newOwner = false;
            for (JsonNode element : Json.readObject(exchange).path("access_control_list")) {
                PermissionLevel level = level(target.type(), element);
                if (level == PermissionLevel.IS_OWNER) {
                    requireFirst(newOwner, target);
                    levels.values().removeIf(PermissionLevel.IS_OWNER::equals);
                    newOwner = true;
                }
                levels.put(principal(element).id(), level);
            }
            if (!newOwner && manager == PermissionLevel.IS_OWNER) {
                keepOwner(levels, owner, target);
            }
            permissions.write(target.type(), target.id(), levels);
        }
        Json.respond(exchange, 200, json(target));
    }

    private static Optional<Long> owner(Map<Long, PermissionLevel> levels) {
        return levels.entrySet().stream()
                .filter(entry -> entry.getValue() == PermissionLevel.IS_OWNER)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void requireFirst(boolean alreadyOwned, Target target) {
        if (alreadyOwned) {
            throw ApiException.invalid(
                    "The " + target.type().objectType(target.id()) + " must have exactly one owner.");
        }
    }

    /** The message is Databricks' own for warehouses. */
    private static void keepOwner(Map<Long, PermissionLevel> levels, Optional<Long> owner, Target target) {
        if (owner.isEmpty()) {
            String what = target.type() == ObjectType.WAREHOUSES
                    ? "warehouse"
                    : target.type().objectType(target.id());
            throw ApiException.invalid("PUT requests for " + what + " " + target.id()
                    + " with no existing owner must provide a new owner.");
        }
        levels.put(owner.get(), PermissionLevel.IS_OWNER);
    }

    private static PermissionLevel level(ObjectType type, JsonNode element) {
        String name = element.path("permission_level").asText("");
        return type.levels().stream()
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> ApiException.invalid("'" + name + "' is not a permission level of " + type.path() + "."));
    }

    private DirectoryEntry principal(JsonNode element) {
        Map<String, PrincipalKind> fields = Map.of(
                "user_name", PrincipalKind.USER,
                "group_name", PrincipalKind.GROUP,
                "service_principal_name", PrincipalKind.SERVICE_PRINCIPAL);
        Map<String, String> words = Map.of(
                "user_name", "UserName",
                "group_name", "GroupName",
                "service_principal_name", "ServicePrincipalName");
        for (Map.Entry<String, PrincipalKind> field : fields.entrySet()) {
            Optional<String> name = Json.text(element, field.getKey());
            if (name.isPresent()) {
                return callers.directory()
                        .find(field.getValue(), name.get())
                        .filter(callers.directory()::inWorkspace)
                        .orElseThrow(() -> new ApiException(
                                404,
                                "RESOURCE_DOES_NOT_EXIST",
                                "Principal: " + words.get(field.getKey()) + "(" + name.get() + ") does not exist"));
            }
        }
        throw ApiException.invalid("Missing a principal: user_name, group_name or service_principal_name.");
    }
}
