package io.lakeport.audit.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.principals.Scim;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.account.AppRegistrations;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One account (account SCIM, Workspace Assignment API, OAuth custom app integrations). */
public final class SdkAccount implements AccountPlane {
    private final DatabricksAccount account;
    private final SdkRest rest;
    private final Scim scim;
    private final AppRegistrations apps;

    /** Creates it over a client of the account console. */
    public SdkAccount(DatabricksAccount account, SdkRest rest) {
        this.account = account;
        this.rest = rest;
        this.scim = new Scim(rest, "/api/2.0/accounts/" + account.id() + "/scim/v2/");
        this.apps = new SdkApps(account, rest);
    }

    @Override
    public DatabricksAccount account() {
        return account;
    }

    @Override
    public boolean isAdmin(Deadline deadline) {
        try {
            rest.get(
                    "rest.account",
                    "looking whether the account may be administered",
                    RestPath.of("/api/2.0/accounts/{}/scim/v2/Groups", account.id())
                            .with("count", "1")
                            .with("attributes", "id"),
                    deadline);
            return true;
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.PERMISSION_DENIED) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<Principal> find(PrincipalName name, Deadline deadline) {
        return scim.find(name, deadline);
    }

    @Override
    public List<Principal> servicePrincipals(String displayName, Deadline deadline) {
        return scim.servicePrincipals(displayName, deadline);
    }

    @Override
    public Principal createServicePrincipal(String displayName, Optional<String> applicationId, Deadline deadline) {
        return scim.createServicePrincipal(displayName, applicationId, deadline);
    }

    @Override
    public Principal createGroup(String name, Deadline deadline) {
        return scim.createGroup(name, deadline);
    }

    @Override
    public boolean isMember(Principal group, Principal member, Deadline deadline) {
        return scim.members(group, deadline).contains(member.id());
    }

    @Override
    public void addMember(Principal group, Principal member, Deadline deadline) {
        scim.add(group, "members", member.id(), deadline);
    }

    private RestPath assignments(String workspaceId, String more, String... values) {
        String[] all = new String[values.length + 2];
        all[0] = account.id();
        all[1] = workspaceId;
        System.arraycopy(values, 0, all, 2, values.length);
        return RestPath.of("/api/2.0/accounts/{}/workspaces/{}/permissionassignments" + more, all);
    }

    @Override
    public Map<String, String> assignments(String workspaceId, Deadline deadline) {
        JsonNode answer = rest.get(
                "rest.assignments",
                "reading who is assigned to workspace " + workspaceId,
                assignments(workspaceId, ""),
                deadline);
        Map<String, String> assigned = new TreeMap<>();
        for (JsonNode one : answer.path("permission_assignments")) {
            one.path("permissions")
                    .forEach(level -> assigned.merge(
                            one.path("principal").path("principal_id").asText(),
                            level.asText(),
                            (a, b) -> a.equals("ADMIN") ? a : b));
        }
        return assigned;
    }

    @Override
    public void assign(String workspaceId, Principal principal, Deadline deadline) {
        if (assignments(workspaceId, deadline).containsKey(principal.id())) {
            // Setting USER would take ADMIN away.
            return;
        }
        ObjectNode body = SdkRest.object();
        body.putArray("permissions").add("USER");
        rest.put(
                "rest.assign",
                "assigning " + principal.name() + " to workspace " + workspaceId,
                "PUT",
                assignments(workspaceId, "/principals/{}", principal.id()),
                body,
                deadline);
    }

    @Override
    public AppRegistrations apps() {
        return apps;
    }

    /** Does nothing: connections are shared and end by themselves. */
    @Override
    public void close() {}
}
