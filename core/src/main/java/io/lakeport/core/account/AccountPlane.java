package io.lakeport.core.account;

import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: the REST API of an account, at the account console's host with a token of the account. All of it is for account
 * admins. Thread-safe; calls block. Methods throw {@link io.lakeport.core.error.LakeportException} as the account
 * answered.
 */
public interface AccountPlane extends AutoCloseable {
    /** Returns which account it is. */
    DatabricksAccount account();

    /** Returns whether the signed-in identity administers the account. */
    boolean isAdmin(Deadline deadline);

    /** Returns a principal of the account, for a group with its members' ids unknown; empty when there is none. */
    Optional<Principal> find(PrincipalName name, Deadline deadline);

    /** Returns the service principals of that display name, which several may have. */
    List<Principal> servicePrincipals(String displayName, Deadline deadline);

    /** Creates a service principal; {@code applicationId} is that of a Microsoft Entra application, on Azure only. */
    Principal createServicePrincipal(String displayName, Optional<String> applicationId, Deadline deadline);

    /** Creates a group of the account, which is the only kind that Unity Catalog grants to. */
    Principal createGroup(String name, Deadline deadline);

    /** Returns whether a principal is a direct member of a group. */
    boolean isMember(Principal group, Principal member, Deadline deadline);

    /** Puts a principal into a group; one that is in it already changes nothing. */
    void addMember(Principal group, Principal member, Deadline deadline);

    /** Returns who is assigned to a workspace: {@code USER} or {@code ADMIN} by SCIM id. */
    Map<String, String> assignments(String workspaceId, Deadline deadline);

    /** Assigns a principal to a workspace as a user; one who is assigned already keeps what it is. */
    void assign(String workspaceId, Principal principal, Deadline deadline);

    /** Returns the account's OAuth applications. */
    AppRegistrations apps();

    @Override
    void close();
}
