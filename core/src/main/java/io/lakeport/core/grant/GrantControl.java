package io.lakeport.core.grant;

import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: privileges of Unity Catalog and permissions of the workspace's objects, by REST. Thread-safe; calls block.
 * Methods throw {@link io.lakeport.core.error.LakeportException} NOT_FOUND, PERMISSION_DENIED or UNAUTHENTICATED as the
 * workspace answered, and NOT_SUPPORTED for objects of the Hive metastore, of which the REST API knows nothing.
 */
public interface GrantControl {
    /**
     * Returns the privileges that were granted on an object itself. Whoever does not manage the object is told of its
     * own only.
     *
     * @param principal of whom, empty for all
     */
    List<Grant> direct(Securable securable, Optional<String> principal, Deadline deadline);

    /**
     * Returns the privileges that hold for an object, those that come from what it lies in among them. Groups are not
     * resolved: what somebody holds through a group is told under the group's name.
     *
     * @param principal of whom, empty for all
     */
    List<Grant> effective(Securable securable, Optional<String> principal, Deadline deadline);

    /** Grants and revokes privileges on one object, in one call; what holds or lacks already changes nothing. */
    void change(Securable securable, List<Grant> add, List<Grant> remove, Deadline deadline);

    /** Returns who holds which permission on an object of the workspace. */
    List<ObjectRight> permissions(PermissionObject object, String id, Deadline deadline);

    /** Gives a permission; others' stay as they are, and an equal or stronger one of the same principal is replaced. */
    void permit(ObjectRight right, Deadline deadline);
}
