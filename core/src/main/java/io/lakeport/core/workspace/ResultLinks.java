package io.lakeport.core.workspace;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** Port: where large results lie, for tests of the road to them. Thread-safe. */
public interface ResultLinks {
    /**
     * Runs a small statement whose result is put into the workspace's storage, and returns a presigned link to it
     * (Statement Execution API, disposition {@code EXTERNAL_LINKS}). Whoever has the link may read it, so it is a secret;
     * it lives for some minutes.
     *
     * @return empty when the statement did not end within the time that one call may wait
     * @throws io.lakeport.core.error.LakeportException as the workspace answered; INVALID_REQUEST (STATEMENT_FAILED) when
     *     the statement failed, for example because the workspace allows no external links
     */
    Optional<Secret> small(WarehouseId warehouse, Deadline deadline);
}
