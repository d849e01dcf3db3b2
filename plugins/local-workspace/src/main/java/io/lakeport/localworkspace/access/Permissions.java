package io.lakeport.localworkspace.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Who may do what with warehouses, clusters, jobs and the other objects of the workspace that are not Unity Catalog's.
 * Administrators manage everything. Whoever makes such objects tells {@link #created} and {@link #removed}, lets
 * {@link #know} find them, and asks {@link #require} before using one. Thread-safe.
 */
public final class Permissions {
    /** Id of the permission to use personal access tokens. */
    public static final String TOKENS = "tokens";

    private final Directory directory;
    private final boolean enforced;
    private final StoredObjects stored;
    private final Map<ObjectType, Predicate<String>> known = new ConcurrentHashMap<>();

    /**
     * Opens the permissions that {@code state} remembers.
     *
     * @param enforced whether they are checked; otherwise everybody may do everything
     */
    public Permissions(Directory directory, StateFiles state, boolean enforced) {
        this.directory = directory;
        this.enforced = enforced;
        this.stored = new StoredObjects(state, "permissions");
        know(ObjectType.AUTHORIZATION, TOKENS::equals);
        openToUsers(ObjectType.AUTHORIZATION, TOKENS);
    }

    /** Tells how to find out whether an object of a type is there. */
    public void know(ObjectType type, Predicate<String> exists) {
        known.put(type, exists);
    }

    /** Whether there is such an object. */
    public boolean exists(ObjectType type, String id) {
        return known.getOrDefault(type, any -> false).test(id);
    }

    /** Notes that somebody made an object, and owns or manages it now. */
    public void created(ObjectType type, String id, Principal creator) {
        write(type, id, Map.of(creator.id(), type.ofCreator()));
    }

    /** Lets everybody in the workspace use an object on which nobody has a permission yet. */
    public void openToUsers(ObjectType type, String id) {
        Map<Long, PermissionLevel> levels = new LinkedHashMap<>(levels(type, id));
        if (levels.size() <= 1) {
            directory.find(Directory.USERS).ifPresent(users -> levels.put(users.id(), PermissionLevel.CAN_USE));
            write(type, id, levels);
        }
    }

    /** Forgets an object that is gone. */
    public void removed(ObjectType type, String id) {
        stored.remove(key(type, id));
    }

    /** Returns the levels that were given on an object, by the ids of principals. */
    public Map<Long, PermissionLevel> levels(ObjectType type, String id) {
        Map<Long, PermissionLevel> levels = new LinkedHashMap<>();
        stored.find(key(type, id))
                .ifPresent(node -> node.properties()
                        .forEach(entry -> levels.put(
                                Long.valueOf(entry.getKey()),
                                PermissionLevel.valueOf(entry.getValue().asText()))));
        return levels;
    }

    /** Replaces the levels on an object. */
    public void write(ObjectType type, String id, Map<Long, PermissionLevel> levels) {
        ObjectNode node = Json.object();
        levels.forEach((principal, level) -> node.put(String.valueOf(principal), level.name()));
        stored.put(key(type, id), node);
    }

    private static String key(ObjectType type, String id) {
        return type.path() + "/" + id;
    }

    /** Returns the strongest level that a principal has on an object, itself or through its groups. */
    public Optional<PermissionLevel> levelOf(Principal principal, ObjectType type, String id) {
        Optional<DirectoryEntry> entry = directory.find(principal.id());
        if (!enforced || directory.isWorkspaceAdmin(principal.name())) {
            return Optional.of(type.levels().get(type.levels().size() - 1));
        }
        Map<Long, PermissionLevel> levels = levels(type, id);
        Optional<PermissionLevel> strongest = Optional.ofNullable(levels.get(principal.id()));
        if (entry.isPresent()) {
            for (DirectoryEntry group : directory.groupsOf(entry.get())) {
                PermissionLevel level = levels.get(group.id());
                if (level != null
                        && strongest.filter(held -> type.includes(held, level)).isEmpty()) {
                    strongest = Optional.of(level);
                }
            }
        }
        return strongest;
    }

    /** Whether a principal has a level on an object, or one that includes it. */
    public boolean allows(Principal principal, ObjectType type, String id, PermissionLevel level) {
        return levelOf(principal, type, id)
                .filter(held -> type.includes(held, level))
                .isPresent();
    }

    /**
     * Lets a principal go on that has a level on an object, or one that includes it.
     *
     * @throws ApiException 403 PERMISSION_DENIED otherwise; the message for warehouses is Databricks' own
     */
    public void require(Principal principal, ObjectType type, String id, PermissionLevel level) {
        if (!allows(principal, type, id, level)) {
            if (type == ObjectType.WAREHOUSES && level == PermissionLevel.CAN_USE) {
                throw warehouseRefused();
            }
            throw new ApiException(403, "PERMISSION_DENIED", refusal(principal, type, id, level));
        }
    }

    /**
     * Lets administrators of the workspace go on.
     *
     * @throws ApiException 403 PERMISSION_DENIED for everybody else
     */
    public void requireAdmin(Principal principal) {
        if (enforced && !directory.isWorkspaceAdmin(principal.name())) {
            throw new ApiException(
                    403, "PERMISSION_DENIED", principal.name() + " is not an administrator of the workspace.");
        }
    }

    /**
     * Lets a principal go on that is entitled to something, itself or through a group.
     *
     * @throws ApiException 403 PERMISSION_DENIED otherwise
     */
    public void requireEntitlement(Principal principal, String entitlement) {
        boolean entitled = directory
                .find(principal.id())
                .filter(entry -> directory.entitlementsOf(entry).contains(entitlement))
                .isPresent();
        if (enforced && !entitled) {
            throw new ApiException(
                    403,
                    "PERMISSION_DENIED",
                    principal.name() + " is not entitled to do this; it needs the " + entitlement + " entitlement.");
        }
    }

    /** Returns what Databricks says to who may not use a warehouse, or names one that is not there. */
    public static ApiException warehouseRefused() {
        return new ApiException(
                403,
                "PERMISSION_DENIED",
                "You do not have permission to use the SQL Warehouse. Please contact your administrator.");
    }

    private static String refusal(Principal principal, ObjectType type, String id, PermissionLevel level) {
        return principal.name() + " does not have " + level.words() + " permissions on " + type.objectType(id) + " "
                + id + ".";
    }
}
