package io.lakeport.localworkspace.access;

import static io.lakeport.localworkspace.access.PermissionLevel.CAN_ATTACH_TO;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_EDIT;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_MANAGE;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_MANAGE_RUN;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_MONITOR;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_READ;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_RESTART;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_RUN;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_USE;
import static io.lakeport.localworkspace.access.PermissionLevel.CAN_VIEW;
import static io.lakeport.localworkspace.access.PermissionLevel.IS_OWNER;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Objects that have permissions, each with its levels from the weakest to the strongest; a level includes the ones before it. */
public enum ObjectType {
    WAREHOUSES("warehouses", "/sql/warehouses/", List.of(CAN_VIEW, CAN_USE, CAN_MONITOR, IS_OWNER, CAN_MANAGE)),
    CLUSTERS("clusters", "/clusters/", List.of(CAN_ATTACH_TO, CAN_RESTART, CAN_MANAGE)),
    CLUSTER_POLICIES("cluster-policies", "/cluster-policies/", List.of(CAN_USE)),
    INSTANCE_POOLS("instance-pools", "/instance-pools/", List.of(CAN_ATTACH_TO, CAN_MANAGE)),
    JOBS("jobs", "/jobs/", List.of(CAN_VIEW, CAN_MANAGE_RUN, IS_OWNER, CAN_MANAGE)),
    PIPELINES("pipelines", "/pipelines/", List.of(CAN_VIEW, CAN_RUN, IS_OWNER, CAN_MANAGE)),
    DIRECTORIES("directories", "/directories/", List.of(CAN_READ, CAN_RUN, CAN_EDIT, CAN_MANAGE)),
    NOTEBOOKS("notebooks", "/notebooks/", List.of(CAN_READ, CAN_RUN, CAN_EDIT, CAN_MANAGE)),
    FILES("files", "/files/", List.of(CAN_READ, CAN_RUN, CAN_EDIT, CAN_MANAGE)),
    AUTHORIZATION("authorization", "/authorization/", List.of(CAN_USE, CAN_MANAGE));

    private final String path;
    private final String root;
    private final List<PermissionLevel> levels;

    ObjectType(String path, String root, List<PermissionLevel> levels) {
        this.path = path;
        this.root = root;
        this.levels = levels;
    }

    /** Returns the type whose name stands in the path of a request. */
    public static Optional<ObjectType> ofPath(String name) {
        return Arrays.stream(values()).filter(type -> type.path.equals(name)).findFirst();
    }

    /** Returns its name in the path of a request. */
    public String path() {
        return path;
    }

    /** Returns what stands before the id in {@code object_id}, and what permissions of administrators come from. */
    public String root() {
        return root;
    }

    /** Returns its levels, the weakest first. */
    public List<PermissionLevel> levels() {
        return levels;
    }

    /** Returns the name that answers have for an object. */
    public String objectType(String id) {
        return switch (this) {
            case WAREHOUSES -> "warehouses";
            case AUTHORIZATION -> id;
            case DIRECTORIES -> "directory";
            case CLUSTER_POLICIES -> "cluster-policy";
            default -> path.substring(0, path.length() - 1);
        };
    }

    /** Whether one level includes another. */
    public boolean includes(PermissionLevel held, PermissionLevel needed) {
        return levels.indexOf(held) >= levels.indexOf(needed) && levels.contains(needed);
    }

    /** Returns the level of who creates such an object. */
    public PermissionLevel ofCreator() {
        return levels.contains(IS_OWNER) ? IS_OWNER : levels.get(levels.size() - 1);
    }
}
