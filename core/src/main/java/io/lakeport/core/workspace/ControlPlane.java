package io.lakeport.core.workspace;

import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;

/** Port: the REST API of one tenant's workspace. Thread-safe. */
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

    /** Returns the OAuth secrets of the workspace's service principals. */
    OAuthSecrets secrets();

    /** Returns the name of the principal that the token belongs to ({@code GET /api/2.0/preview/scim/v2/Me}). */
    String principal(Deadline deadline);

    @Override
    void close();
}
