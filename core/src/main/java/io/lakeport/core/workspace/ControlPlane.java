package io.lakeport.core.workspace;

import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.GrantControl;
import io.lakeport.core.location.LocationControl;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.principal.PrincipalControl;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;

/**
 * Port: the REST API of one tenant's workspace, by subject. Thread-safe. A control plane that lacks a subject fails with
 * NOT_SUPPORTED when it is asked for it.
 */
public interface ControlPlane extends AutoCloseable {
    /**
     * Returns what kind of object stands at a path of the workspace, for example {@code DIRECTORY} for {@code /}
     * (Workspace API, {@code GET /api/2.0/workspace/get-status}).
     *
     * @throws io.lakeport.core.error.LakeportException NOT_FOUND, PERMISSION_DENIED or UNAUTHENTICATED as the
     *     workspace answered
     */
    String objectType(String path, Deadline deadline);

    /** Returns the workspace's SQL warehouses. */
    WarehouseControl warehouses();

    /** Returns the name of the principal that the token belongs to ({@code GET /api/2.0/preview/scim/v2/Me}). */
    String principal(Deadline deadline);

    /** Returns the principals of the workspace, and who is signed in. */
    default PrincipalControl principals() {
        throw lacks("principals");
    }

    /** Returns privileges and permissions. */
    default GrantControl grants() {
        throw lacks("grants");
    }

    /** Returns what Unity Catalog shows. */
    default CatalogControl catalog() {
        throw lacks("catalog");
    }

    /** Returns storage credentials and external locations. */
    default LocationControl locations() {
        throw lacks("locations");
    }

    /** Returns the OAuth secrets of the workspace's service principals. */
    default OAuthSecrets secrets() {
        throw lacks("OAuth secrets");
    }

    /** Returns what the workspace lets in. */
    default WorkspaceRules rules() {
        throw lacks("rules");
    }

    /** Returns where large results lie. */
    default ResultLinks results() {
        throw lacks("results");
    }

    private static LakeportException lacks(String subject) {
        return new LakeportException(
                CoreError.NOT_SUPPORTED, "this control plane cannot work on the workspace's " + subject);
    }

    @Override
    void close();
}
