package io.lakeport.core.grant;

import static java.util.Map.entry;

import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What gives each right, as statements and calls that can be run as they are. Asks nobody; thread-safe. */
public final class Fixes {
    private static final String DOCS = "https://docs.databricks.com/en/";
    private static final URI PRIVILEGES =
            URI.create(DOCS + "data-governance/unity-catalog/manage-privileges/index.html");
    private static final URI HIVE = URI.create(DOCS + "data-governance/table-acls/object-privileges.html");
    private static final URI ACLS = URI.create(DOCS + "security/auth/access-control/index.html");
    private static final URI PRINCIPALS = URI.create(DOCS + "admin/users-groups/service-principals.html");
    private static final URI GROUPS = URI.create(DOCS + "admin/users-groups/groups.html");
    private static final URI ENTITLEMENTS = URI.create(DOCS + "security/auth/entitlements.html");
    private static final URI SYSTEM = URI.create(DOCS + "admin/system-tables/index.html");
    private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final String SCIM_CORE = "urn:ietf:params:scim:schemas:core:2.0:";

    private Fixes() {}

    /** Returns what gives a right; what {@code ids} does not know is a placeholder in the calls. */
    public static Fix of(Right right, KnownIds ids) {
        if (right instanceof Right.Granted granted) {
            return grant(granted.grant());
        }
        if (right instanceof Right.Permitted permitted) {
            return permit(permitted.permission());
        }
        if (right instanceof Right.Entitled entitled) {
            return entitle(entitled.principal(), entitled.entitlement(), ids);
        }
        if (right instanceof Right.Assigned assigned) {
            return assign(assigned.principal(), ids);
        }
        if (right instanceof Right.Exists exists) {
            return createServicePrincipal(exists.displayName());
        }
        if (right instanceof Right.GroupExists exists) {
            return createGroup(exists.group(), ids);
        }
        if (right instanceof Right.InGroup in) {
            return addMember(in.group(), in.member(), ids);
        }
        return enable(((Right.SchemaEnabled) right).schema(), ids);
    }

    /** Grants a privilege of Unity Catalog or, for objects there, of the Hive metastore, which has SQL only. */
    public static Fix grant(Grant grant) {
        if (grant.securable().isHive()) {
            return new Fix(
                    "grant " + grant,
                    List.of(grant.sql()),
                    List.of(),
                    Set.of(Authority.WORKSPACE_ADMIN, Authority.OBJECT_OWNER),
                    HIVE);
        }
        ApiCall call = ApiCall.workspace(
                "PATCH",
                permissions(grant.securable()),
                map(entry(
                        "changes",
                        List.of(map(
                                entry("principal", grant.principal()),
                                entry("add", List.of(grant.privilege().name())))))));
        return new Fix("grant " + grant, List.of(grant.sql()), List.of(call), granters(grant.securable()), PRIVILEGES);
    }

    /** Takes a privilege away. */
    public static Fix revoke(Grant grant) {
        ApiCall call = ApiCall.workspace(
                "PATCH",
                permissions(grant.securable()),
                map(entry(
                        "changes",
                        List.of(map(
                                entry("principal", grant.principal()),
                                entry("remove", List.of(grant.privilege().name())))))));
        return new Fix(
                "revoke " + grant,
                List.of(grant.revokeSql()),
                grant.securable().isHive() ? List.of() : List.of(call),
                granters(grant.securable()),
                PRIVILEGES);
    }

    private static String permissions(Securable securable) {
        String name = securable.name().isEmpty() ? "<metastore id>" : encode(securable.fullName());
        return "/api/2.1/unity-catalog/permissions/" + securable.type().rest() + "/" + name;
    }

    /** The catalog {@code system} belongs to nobody; there an account admin who is metastore admin as well is needed. */
    private static Set<Authority> granters(Securable securable) {
        boolean system = !securable.name().isEmpty() && securable.name().get(0).equalsIgnoreCase("system");
        return system || securable.type() == SecurableType.METASTORE
                ? Set.of(Authority.METASTORE_ADMIN)
                : Set.of(Authority.METASTORE_ADMIN, Authority.OBJECT_OWNER);
    }

    /** Gives a permission on a warehouse, cluster, job or the like. */
    public static Fix permit(ObjectRight right) {
        String field = switch (right.principal().kind()) {
            case USER -> "user_name";
            case SERVICE_PRINCIPAL -> "service_principal_name";
            case GROUP -> "group_name";
        };
        ApiCall call = ApiCall.workspace(
                "PATCH",
                "/api/2.0/permissions/" + right.object().rest() + "/" + encode(right.id()),
                map(entry(
                        "access_control_list",
                        List.of(map(
                                entry(field, right.principal().name()),
                                entry("permission_level", right.level().name()))))));
        return new Fix(
                "give " + right,
                List.of(),
                List.of(call),
                Set.of(Authority.WORKSPACE_ADMIN, Authority.OBJECT_MANAGER),
                ACLS);
    }

    /** Gives an entitlement of the workspace. */
    public static Fix entitle(PrincipalName principal, Entitlement entitlement, KnownIds ids) {
        Map<String, Object> body = map(
                entry("schemas", List.of(PATCH_OP)),
                entry(
                        "Operations",
                        List.of(map(
                                entry("op", "add"),
                                entry("path", "entitlements"),
                                entry("value", List.of(map(entry("value", entitlement.scim()))))))));
        ApiCall call = ApiCall.workspace(
                "PATCH", "/api/2.0/preview/scim/v2/" + resource(principal.kind()) + "/" + ids.idOr(principal), body);
        return new Fix(
                "give the entitlement '" + entitlement.label() + "' to " + principal,
                List.of(),
                List.of(call),
                Set.of(Authority.WORKSPACE_ADMIN),
                ENTITLEMENTS);
    }

    private static String resource(PrincipalKind kind) {
        return switch (kind) {
            case USER -> "Users";
            case SERVICE_PRINCIPAL -> "ServicePrincipals";
            case GROUP -> "Groups";
        };
    }

    /** Takes a service principal of the account into the workspace, as a workspace admin can. */
    public static Fix assignByWorkspace(PrincipalName principal) {
        ApiCall call = ApiCall.workspace(
                "POST",
                "/api/2.0/preview/scim/v2/ServicePrincipals",
                map(
                        entry("schemas", List.of(SCIM_CORE + "ServicePrincipal")),
                        entry("applicationId", principal.name())));
        return new Fix(
                "take " + principal + " into the workspace",
                List.of(),
                List.of(call),
                Set.of(Authority.WORKSPACE_ADMIN),
                PRINCIPALS);
    }

    /** Assigns a principal of the account to the workspace. */
    public static Fix assign(PrincipalName principal, KnownIds ids) {
        ApiCall account = ApiCall.account(
                "PUT",
                "/api/2.0/accounts/" + ids.accountOr() + "/workspaces/" + ids.workspaceOr()
                        + "/permissionassignments/principals/" + ids.idOr(principal),
                map(entry("permissions", List.of("USER"))));
        return new Fix(
                "assign " + principal + " to the workspace",
                List.of(),
                List.of(account),
                Set.of(Authority.ACCOUNT_ADMIN),
                PRINCIPALS);
    }

    /** Creates a service principal that Databricks manages, in the account and assigned to the workspace at once. */
    public static Fix createServicePrincipal(String displayName) {
        ApiCall call = ApiCall.workspace(
                "POST",
                "/api/2.0/preview/scim/v2/ServicePrincipals",
                map(
                        entry("schemas", List.of(SCIM_CORE + "ServicePrincipal")),
                        entry("displayName", displayName),
                        entry("active", true)));
        return new Fix(
                "create service principal '" + displayName + "' and assign it to the workspace",
                List.of(),
                List.of(call),
                Set.of(Authority.WORKSPACE_ADMIN, Authority.ACCOUNT_ADMIN),
                PRINCIPALS);
    }

    /** Creates a group in the account: Unity Catalog grants nothing to groups of a workspace. */
    public static Fix createGroup(String group, KnownIds ids) {
        ApiCall call = ApiCall.account(
                "POST",
                "/api/2.0/accounts/" + ids.accountOr() + "/scim/v2/Groups",
                map(entry("schemas", List.of(SCIM_CORE + "Group")), entry("displayName", group)));
        return new Fix(
                "create group '" + group + "' in the account",
                List.of(),
                List.of(call),
                Set.of(Authority.ACCOUNT_ADMIN),
                GROUPS);
    }

    /** Puts a principal into a group of the account. */
    public static Fix addMember(String group, PrincipalName member, KnownIds ids) {
        Map<String, Object> body = map(
                entry("schemas", List.of(PATCH_OP)),
                entry(
                        "Operations",
                        List.of(map(
                                entry("op", "add"),
                                entry("path", "members"),
                                entry("value", List.of(map(entry("value", ids.idOr(member)))))))));
        ApiCall call = ApiCall.account(
                "PATCH",
                "/api/2.0/accounts/" + ids.accountOr() + "/scim/v2/Groups/" + ids.idOr(PrincipalName.group(group)),
                body);
        return new Fix(
                "put " + member + " into group '" + group + "'",
                List.of(),
                List.of(call),
                Set.of(Authority.ACCOUNT_ADMIN, Authority.GROUP_MANAGER),
                GROUPS);
    }

    /** Enables a schema of the catalog {@code system}; before that nobody can be granted anything in it. */
    public static Fix enable(String schema, KnownIds ids) {
        ApiCall call = new ApiCall(
                ApiCall.Api.WORKSPACE,
                "PUT",
                "/api/2.1/unity-catalog/metastores/" + ids.metastoreOr() + "/systemschemas/" + encode(schema),
                java.util.Optional.empty());
        return new Fix(
                "enable schema system." + schema, List.of(), List.of(call), Set.of(Authority.METASTORE_ADMIN), SYSTEM);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** In the order in which the members are given, as people read it. */
    @SafeVarargs
    private static Map<String, Object> map(Map.Entry<String, ? extends Object>... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, ?> member : members) {
            map.put(member.getKey(), member.getValue());
        }
        return Collections.unmodifiableMap(map);
    }
}
