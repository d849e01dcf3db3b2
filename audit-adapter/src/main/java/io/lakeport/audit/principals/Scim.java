package io.lakeport.audit.principals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.principal.Membership;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** SCIM 2.0 as Databricks speaks it, at a workspace or an account. Thread-safe. */
public final class Scim {
    private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

    private final SdkRest rest;
    private final String root;

    /**
     * Creates it.
     *
     * @param root path before the kinds of resources, with a slash at its end
     */
    public Scim(SdkRest rest, String root) {
        this.rest = rest;
        this.root = root;
    }

    private static String resource(PrincipalKind kind) {
        return switch (kind) {
            case USER -> "Users";
            case SERVICE_PRINCIPAL -> "ServicePrincipals";
            case GROUP -> "Groups";
        };
    }

    private static String key(PrincipalKind kind) {
        return switch (kind) {
            case USER -> "userName";
            case SERVICE_PRINCIPAL -> "applicationId";
            case GROUP -> "displayName";
        };
    }

    /** Returns who is signed in, which only a workspace tells. */
    public Principal me(Deadline deadline) {
        JsonNode me = rest.get("rest.me", "asking for the signed-in principal", RestPath.of(root + "Me"), deadline);
        String name = SdkRest.text(me, "userName")
                .or(() -> SdkRest.text(me, "applicationId"))
                .orElse("");
        PrincipalKind kind = PrincipalName.isApplicationId(name) ? PrincipalKind.SERVICE_PRINCIPAL : PrincipalKind.USER;
        return principal(me, new PrincipalName(kind, name));
    }

    /** Returns the principal of that name. Lists do not tell every member of a resource, so it is read by its id then. */
    public Optional<Principal> find(PrincipalName name, Deadline deadline) {
        return filtered(name.kind(), key(name.kind()), name.name(), deadline).stream()
                .filter(found -> SdkRest.text(found, key(name.kind()))
                        .filter(name.name()::equalsIgnoreCase)
                        .isPresent())
                .findFirst()
                .map(found -> read(name.kind(), found.path("id").asText(), deadline));
    }

    /** Returns the service principals of a display name. */
    public List<Principal> servicePrincipals(String displayName, Deadline deadline) {
        return filtered(PrincipalKind.SERVICE_PRINCIPAL, "displayName", displayName, deadline).stream()
                .filter(found -> found.path("displayName").asText().equals(displayName))
                .map(found -> principal(found, PrincipalKind.SERVICE_PRINCIPAL))
                .toList();
    }

    private List<JsonNode> filtered(PrincipalKind kind, String key, String value, Deadline deadline) {
        String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
        RestPath path = RestPath.of(root + resource(kind)).with("filter", key + " eq \"" + quoted + "\"");
        JsonNode answer = rest.get(
                "rest.scim.list",
                "looking for " + kind.words() + " '" + value + "'",
                kind == PrincipalKind.GROUP ? path.with("excludedAttributes", "members") : path,
                deadline);
        List<JsonNode> found = new ArrayList<>();
        answer.path("Resources").forEach(found::add);
        return found;
    }

    private Principal read(PrincipalKind kind, String id, Deadline deadline) {
        return principal(raw(kind, id, deadline), kind);
    }

    private JsonNode raw(PrincipalKind kind, String id, Deadline deadline) {
        return rest.get(
                "rest.scim.get",
                "looking at " + kind.words() + " " + id,
                RestPath.of(root + resource(kind) + "/{}", id),
                deadline);
    }

    /** Returns the ids of a group's direct members. */
    public Set<String> members(Principal group, Deadline deadline) {
        Set<String> ids = new TreeSet<>();
        raw(PrincipalKind.GROUP, group.id(), deadline)
                .path("members")
                .forEach(member -> ids.add(member.path("value").asText()));
        return ids;
    }

    /** Creates a service principal. */
    public Principal createServicePrincipal(String displayName, Optional<String> applicationId, Deadline deadline) {
        ObjectNode body = SdkRest.object().put("displayName", displayName).put("active", true);
        body.putArray("schemas").add(CORE + "ServicePrincipal");
        applicationId.ifPresent(id -> body.put("applicationId", id));
        return create(PrincipalKind.SERVICE_PRINCIPAL, displayName, body, deadline);
    }

    /** Creates a group. */
    public Principal createGroup(String name, Deadline deadline) {
        ObjectNode body = SdkRest.object().put("displayName", name);
        body.putArray("schemas").add(CORE + "Group");
        return create(PrincipalKind.GROUP, name, body, deadline);
    }

    private Principal create(PrincipalKind kind, String name, ObjectNode body, Deadline deadline) {
        return principal(
                rest.create(
                        "rest.scim.create",
                        "creating " + kind.words() + " '" + name + "'",
                        RestPath.of(root + resource(kind)),
                        body,
                        deadline),
                kind);
    }

    /** Adds a value to a list of a principal. */
    public void add(Principal principal, String list, String value, Deadline deadline) {
        ObjectNode body = SdkRest.object();
        body.putArray("schemas").add(PATCH_OP);
        ObjectNode operation =
                body.putArray("Operations").addObject().put("op", "add").put("path", list);
        operation.putArray("value").addObject().put("value", value);
        rest.put(
                "rest.scim.patch",
                "changing the " + list + " of " + principal.name(),
                "PATCH",
                RestPath.of(root + resource(principal.name().kind()) + "/{}", principal.id()),
                body,
                deadline);
    }

    private static Principal principal(JsonNode node, PrincipalKind kind) {
        return principal(node, new PrincipalName(kind, node.path(key(kind)).asText()));
    }

    private static Principal principal(JsonNode node, PrincipalName name) {
        List<Membership> groups = new ArrayList<>();
        node.path("groups")
                .forEach(group -> groups.add(new Membership(
                        group.path("value").asText(),
                        group.path("display").asText(),
                        !group.path("type").asText("").toLowerCase(Locale.ROOT).equals("indirect"))));
        Set<String> entitlements = new TreeSet<>();
        node.path("entitlements")
                .forEach(entitlement ->
                        entitlements.add(entitlement.path("value").asText()));
        return new Principal(
                node.path("id").asText(),
                name,
                SdkRest.text(node, "displayName").orElse(name.name()),
                node.path("active").asBoolean(true),
                groups,
                entitlements);
    }
}
