package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.Assignment;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.Level;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.Optional;

/** The Workspace Assignment API: who of the account is in the workspace. */
final class AssignmentRoutes {
    private static final String ROOT = "/api/2.0/accounts/{account}/workspaces/{workspace}/permissionassignments";

    private final Callers callers;

    AssignmentRoutes(Callers callers) {
        this.callers = callers;
    }

    void addTo(Router router) {
        router.add("GET", ROOT, this::list);
        router.add("GET", ROOT + "/permissions", this::permissions);
        router.add("PUT", ROOT + "/principals/{principal}", this::update);
        router.add("DELETE", ROOT + "/principals/{principal}", this::delete);
    }

    private void requireAdmin(Exchange exchange, PathValues path) {
        callers.accountAdmin(exchange, path);
        if (!path.get("workspace").equals(WorkspaceIdentity.WORKSPACE_ID)) {
            throw new ApiException(
                    404, "RESOURCE_DOES_NOT_EXIST", "Workspace " + path.get("workspace") + " does not exist.");
        }
    }

    private void list(Exchange exchange, PathValues path) throws IOException {
        requireAdmin(exchange, path);
        ObjectNode answer = Json.object();
        ArrayNode assignments = answer.putArray("permission_assignments");
        callers.directory().all().stream()
                .filter(entry -> entry.assignment().isPresent())
                .forEach(entry -> assignments.add(json(entry)));
        Json.respond(exchange, 200, answer);
    }

    private static ObjectNode json(DirectoryEntry entry) {
        ObjectNode node = Json.object();
        ArrayNode permissions = node.putArray("permissions");
        entry.assignment().ifPresent(assignment -> permissions.add(assignment.name()));
        ObjectNode principal =
                node.putObject("principal").put("principal_id", entry.id()).put("display_name", entry.displayName());
        switch (entry.kind()) {
            case USER -> principal.put("user_name", entry.name());
            case SERVICE_PRINCIPAL -> principal.put("service_principal_name", entry.name());
            case GROUP -> principal.put("group_name", entry.name());
        }
        return node;
    }

    private void permissions(Exchange exchange, PathValues path) throws IOException {
        requireAdmin(exchange, path);
        ObjectNode answer = Json.object();
        ArrayNode permissions = answer.putArray("permissions");
        permissions.addObject().put("permission_level", "USER").put("description", "Can access the workspace");
        permissions.addObject().put("permission_level", "ADMIN").put("description", "Can administer the workspace");
        Json.respond(exchange, 200, answer);
    }

    private void update(Exchange exchange, PathValues path) throws IOException {
        requireAdmin(exchange, path);
        DirectoryEntry entry = find(path);
        Optional<Assignment> strongest = Optional.empty();
        for (JsonNode permission : Json.readObject(exchange).path("permissions")) {
            Assignment assignment = assignment(permission.asText());
            if (strongest.filter(held -> held == Assignment.ADMIN).isEmpty()) {
                strongest = Optional.of(assignment);
            }
        }
        Optional<Assignment> wanted = strongest;
        DirectoryEntry changed = callers.directory()
                .update(entry.id(), old -> old.toBuilder().assignment(wanted).build())
                .orElse(entry);
        Json.respond(exchange, 200, json(changed));
    }

    private static Assignment assignment(String name) {
        try {
            return Assignment.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("'" + name + "' is no workspace permission; there are USER and ADMIN.");
        }
    }

    private DirectoryEntry find(PathValues path) {
        return ScimReader.number(path.get("principal"))
                .flatMap(callers.directory()::find)
                .filter(entry -> entry.level() == Level.ACCOUNT)
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "Principal " + path.get("principal") + " does not exist."));
    }

    private void delete(Exchange exchange, PathValues path) throws IOException {
        requireAdmin(exchange, path);
        callers.directory()
                .update(
                        find(path).id(),
                        old -> old.toBuilder().assignment(Optional.empty()).build());
        Json.respond(exchange, 200, Json.object());
    }
}
