package io.lakeport.audit.grants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.GrantControl;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Privileges and permissions of one workspace (Unity Catalog API 2.1 and Permissions API 2.0). */
public final class SdkGrants implements GrantControl {
    private static final String UNITY = "/api/2.1/unity-catalog/";

    private final SdkRest rest;

    /** Creates them over a client. */
    public SdkGrants(SdkRest rest) {
        this.rest = rest;
    }

    @Override
    public List<Grant> direct(Securable securable, Optional<String> principal, Deadline deadline) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode assignment : assignments("permissions", securable, principal, deadline)) {
            for (JsonNode privilege : assignment.path("privileges")) {
                grants.add(new Grant(
                        assignment.path("principal").asText(),
                        Privilege.parse(privilege.asText(), securable.type()),
                        securable,
                        Optional.empty()));
            }
        }
        return grants;
    }

    @Override
    public List<Grant> effective(Securable securable, Optional<String> principal, Deadline deadline) {
        List<Grant> grants = new ArrayList<>();
        for (JsonNode assignment : assignments("effective-permissions", securable, principal, deadline)) {
            for (JsonNode privilege : assignment.path("privileges")) {
                grants.add(new Grant(
                        assignment.path("principal").asText(),
                        Privilege.parse(privilege.path("privilege").asText(), securable.type()),
                        securable,
                        origin(privilege)));
            }
        }
        return grants;
    }

    private static Optional<Securable> origin(JsonNode privilege) {
        Optional<SecurableType> type =
                SdkRest.text(privilege, "inherited_from_type").flatMap(SecurableType::of);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        String name = privilege.path("inherited_from_name").asText("");
        return Optional.of(
                type.get() == SecurableType.METASTORE
                        ? Securable.METASTORE
                        : new Securable(type.get(), Arrays.asList(name.split("\\."))));
    }

    private List<JsonNode> assignments(
            String kind, Securable securable, Optional<String> principal, Deadline deadline) {
        RestPath path = path(kind, securable, deadline);
        return rest.list(
                "rest.grants",
                "reading the grants on " + securable,
                principal.map(name -> path.with("principal", name)).orElse(path),
                "privilege_assignments",
                deadline);
    }

    private RestPath path(String kind, Securable securable, Deadline deadline) {
        if (securable.isHive()) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "privileges of the Hive metastore (" + securable + ") are known to SQL only; run SHOW GRANTS");
        }
        String name = securable.type() == SecurableType.METASTORE ? metastore(deadline) : securable.fullName();
        return RestPath.of(UNITY + kind + "/{}/{}", securable.type().rest(), name);
    }

    private String metastore(Deadline deadline) {
        return rest.get(
                        "rest.metastore",
                        "asking for the metastore",
                        RestPath.of(UNITY + "current-metastore-assignment"),
                        deadline)
                .path("metastore_id")
                .asText();
    }

    @Override
    public void change(Securable securable, List<Grant> add, List<Grant> remove, Deadline deadline) {
        ObjectNode body = SdkRest.object();
        ArrayNode changes = body.putArray("changes");
        TreeSet<String> principals = new TreeSet<>();
        add.forEach(grant -> principals.add(grant.principal()));
        remove.forEach(grant -> principals.add(grant.principal()));
        for (String principal : principals) {
            ObjectNode change = changes.addObject().put("principal", principal);
            names(change.putArray("add"), add, principal);
            names(change.putArray("remove"), remove, principal);
        }
        rest.put(
                "rest.grants.change",
                "changing the grants on " + securable,
                "PATCH",
                path("permissions", securable, deadline),
                body,
                deadline);
    }

    private static void names(ArrayNode array, List<Grant> grants, String principal) {
        grants.stream()
                .filter(grant -> grant.principal().equals(principal))
                .forEach(grant -> array.add(grant.privilege().name()));
    }

    @Override
    public List<ObjectRight> permissions(PermissionObject object, String id, Deadline deadline) {
        JsonNode answer = rest.get(
                "rest.permissions",
                "reading the permissions of " + object.words() + " '" + id + "'",
                RestPath.of("/api/2.0/permissions/{}/{}", object.rest(), id),
                deadline);
        List<ObjectRight> rights = new ArrayList<>();
        for (JsonNode entry : answer.path("access_control_list")) {
            principal(entry)
                    .ifPresent(principal -> entry.path("all_permissions")
                            .forEach(permission -> level(object, permission)
                                    .ifPresent(level -> rights.add(new ObjectRight(
                                            object,
                                            id,
                                            level,
                                            principal,
                                            permission.path("inherited").asBoolean())))));
        }
        return rights;
    }

    private static Optional<PrincipalName> principal(JsonNode entry) {
        Supplier<Optional<PrincipalName>> user =
                () -> SdkRest.text(entry, "user_name").map(PrincipalName::user);
        return SdkRest.text(entry, "group_name")
                .map(PrincipalName::group)
                .or(() -> SdkRest.text(entry, "service_principal_name")
                        .filter(PrincipalName::isApplicationId)
                        .map(PrincipalName::servicePrincipal))
                .or(user);
    }

    /** Of a level that is newer than this code nothing can be said. */
    private static Optional<PermissionLevel> level(PermissionObject object, JsonNode permission) {
        String name = permission.path("permission_level").asText();
        return object.levels().stream()
                .filter(level -> level.name().equals(name))
                .findFirst();
    }

    @Override
    public void permit(ObjectRight right, Deadline deadline) {
        ObjectNode body = SdkRest.object();
        body.putArray("access_control_list")
                .addObject()
                .put(field(right.principal().kind()), right.principal().name())
                .put("permission_level", right.level().name());
        rest.put(
                "rest.permissions.change",
                "giving " + right,
                "PATCH",
                RestPath.of("/api/2.0/permissions/{}/{}", right.object().rest(), right.id()),
                body,
                deadline);
    }

    private static String field(PrincipalKind kind) {
        return switch (kind) {
            case USER -> "user_name";
            case SERVICE_PRINCIPAL -> "service_principal_name";
            case GROUP -> "group_name";
        };
    }
}
