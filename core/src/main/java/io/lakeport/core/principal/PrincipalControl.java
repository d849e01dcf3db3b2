package io.lakeport.core.principal;

import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: principals as one workspace shows them (workspace SCIM). Only who is assigned to the workspace is seen here.
 * Thread-safe; calls block. Methods throw {@link io.lakeport.core.error.LakeportException} as the workspace answered;
 * what changes something needs a workspace admin.
 */
public interface PrincipalControl {
    /** Returns who is signed in, with groups, direct and indirect, and entitlements ({@code GET .../scim/v2/Me}). */
    Principal me(Deadline deadline);

    /** Returns a principal that is assigned to the workspace; empty when there is none of that name, or not here. */
    Optional<Principal> find(PrincipalName name, Deadline deadline);

    /** Returns whether it is assigned to the workspace, itself or through a group. */
    default boolean isAssigned(PrincipalName name, Deadline deadline) {
        return find(name, deadline).isPresent();
    }

    /** Returns the service principals of that display name, which several may have. */
    List<Principal> servicePrincipals(String displayName, Deadline deadline);

    /**
     * Creates a service principal and assigns it to the workspace; one that the account knows already is assigned.
     *
     * @param applicationId of an application of Microsoft Entra, on Azure only; empty for one that Databricks manages
     * @throws io.lakeport.core.error.LakeportException CONFLICT when it is here already
     */
    Principal createServicePrincipal(String displayName, Optional<String> applicationId, Deadline deadline);

    /** Gives an entitlement of this workspace; one that is held already changes nothing. */
    void entitle(Principal principal, Entitlement entitlement, Deadline deadline);
}
