package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.Level;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.Json;
import java.util.Set;

/**
 * Entries of the directory as SCIM resources.
 *
 * @param directory knows groups and members
 * @param account whether the account's API shows them, which knows no entitlements
 */
record ScimWriter(Directory directory, boolean account) {
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

    ObjectNode write(DirectoryEntry entry) {
        ObjectNode node = Json.object();
        ArrayNode schemas =
                node.putArray("schemas").add(CORE + ScimKind.of(entry.kind()).schema());
        if (entry.kind() == PrincipalKind.USER) {
            schemas.add("urn:ietf:params:scim:schemas:extension:workspace:2.0:User");
        }
        node.put("id", String.valueOf(entry.id())).put("displayName", entry.displayName());
        entry.externalId().ifPresent(id -> node.put("externalId", id));
        switch (entry.kind()) {
            case USER -> user(node, entry);
            case SERVICE_PRINCIPAL -> node.put("applicationId", entry.name()).put("active", entry.active());
            case GROUP -> group(node, entry);
        }
        values(node, "roles", entry.roles());
        if (account) {
            return node.put("account_id", WorkspaceIdentity.ACCOUNT_ID);
        }
        values(node, "entitlements", entry.entitlements());
        groups(node, entry);
        return node;
    }

    /** Returns who calls; a service principal is shown as if it were a user, as Databricks does. */
    ObjectNode me(DirectoryEntry entry) {
        ObjectNode node = write(entry);
        if (entry.kind() == PrincipalKind.SERVICE_PRINCIPAL) {
            node.remove("applicationId");
            node.putArray("schemas")
                    .add(CORE + "User")
                    .add("urn:ietf:params:scim:schemas:extension:workspace:2.0:User");
            user(node, entry);
        }
        return node;
    }

    private static void user(ObjectNode node, DirectoryEntry entry) {
        node.put("userName", entry.name()).put("active", entry.active());
        node.putArray("emails")
                .addObject()
                .put("type", "work")
                .put("value", entry.name())
                .put("primary", true);
        ObjectNode name = node.putObject("name");
        entry.personName().forEach(name::put);
        if (name.isEmpty()) {
            name.put("givenName", entry.displayName());
        }
    }

    private void group(ObjectNode node, DirectoryEntry entry) {
        node.putObject("meta").put("resourceType", entry.level() == Level.WORKSPACE ? "WorkspaceGroup" : "Group");
        ArrayNode members = node.putArray("members");
        directory
                .membersOf(entry)
                .forEach(member -> members.addObject()
                        .put("display", member.displayName())
                        .put("value", String.valueOf(member.id()))
                        .put("$ref", reference(member)));
    }

    private static String reference(DirectoryEntry entry) {
        return ScimKind.of(entry.kind()).path() + "/" + entry.id();
    }

    private void groups(ObjectNode node, DirectoryEntry entry) {
        ArrayNode groups = node.putArray("groups");
        for (DirectoryEntry group : directory.groupsOf(entry)) {
            if (!group.name().equals(Directory.ACCOUNT_USERS)) {
                boolean direct = directory.membersOf(group).contains(entry);
                groups.addObject()
                        .put("display", group.displayName())
                        .put("type", direct ? "direct" : "indirect")
                        .put("value", String.valueOf(group.id()))
                        .put("$ref", reference(group));
            }
        }
    }

    private static void values(ObjectNode node, String name, Set<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = node.putArray(name);
            values.forEach(value -> array.addObject().put("value", value));
        }
    }
}
