package io.lakeport.core.grant;

import static io.lakeport.core.grant.PermissionLevel.CAN_ATTACH_TO;
import static io.lakeport.core.grant.PermissionLevel.CAN_MANAGE;
import static io.lakeport.core.grant.PermissionLevel.CAN_MANAGE_RUN;
import static io.lakeport.core.grant.PermissionLevel.CAN_MONITOR;
import static io.lakeport.core.grant.PermissionLevel.CAN_RESTART;
import static io.lakeport.core.grant.PermissionLevel.CAN_USE;
import static io.lakeport.core.grant.PermissionLevel.CAN_VIEW;
import static io.lakeport.core.grant.PermissionLevel.IS_OWNER;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.sql.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kinds of objects of a workspace that have permissions, with the levels of each, the weakest first; a level includes
 * those before it (Databricks documentation, "Access control lists"; Permissions API, {@code permissionLevels}). They
 * differ: a cluster has no CAN VIEW, a job has one.
 */
public enum PermissionObject {
    WAREHOUSE("warehouses", "warehouse", List.of(CAN_VIEW, CAN_USE, CAN_MONITOR, IS_OWNER, CAN_MANAGE)),
    CLUSTER("clusters", "cluster", List.of(CAN_ATTACH_TO, CAN_RESTART, CAN_MANAGE)),
    CLUSTER_POLICY("cluster-policies", "cluster policy", List.of(CAN_USE)),
    INSTANCE_POOL("instance-pools", "instance pool", List.of(CAN_ATTACH_TO, CAN_MANAGE)),
    JOB("jobs", "job", List.of(CAN_VIEW, CAN_MANAGE_RUN, IS_OWNER, CAN_MANAGE)),
    PIPELINE("pipelines", "pipeline", List.of(CAN_VIEW, PermissionLevel.CAN_RUN, IS_OWNER, CAN_MANAGE));

    private final String rest;
    private final String words;
    private final List<PermissionLevel> levels;

    PermissionObject(String rest, String words, List<PermissionLevel> levels) {
        this.rest = rest;
        this.words = words;
        this.levels = levels;
    }

    /** Returns its name in paths of the Permissions API, for example {@code warehouses}. */
    public String rest() {
        return rest;
    }

    /** Returns its name for a sentence. */
    public String words() {
        return words;
    }

    /** Returns its levels, the weakest first. */
    public List<PermissionLevel> levels() {
        return levels;
    }

    /** Returns whether one level, held on such an object, includes another. */
    public boolean includes(PermissionLevel held, PermissionLevel needed) {
        return levels.contains(needed) && levels.indexOf(held) >= levels.indexOf(needed);
    }

    /**
     * Returns the level of that name, with blanks or underscores and in any case.
     *
     * @throws LakeportException INVALID_REQUEST when such an object has no such level, naming the nearest that it has
     */
    public PermissionLevel level(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_]+", "_");
        return levels.stream()
                .filter(level -> level.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "a " + words + " has no permission level " + name + "; the nearest is " + nearest(name)
                                + " (there are "
                                + levels.stream().map(PermissionLevel::name).collect(Collectors.joining(", ")) + ")"));
    }

    /** By spelling for a misspelt one, by strength for one that belongs to another kind of object. */
    private PermissionLevel nearest(String name) {
        Optional<PermissionLevel> elsewhere = Arrays.stream(PermissionLevel.values())
                .filter(level -> level.name().equals(name))
                .findFirst();
        if (elsewhere.isEmpty()) {
            List<String> names = levels.stream().map(PermissionLevel::name).toList();
            return NearestName.to(name, names).map(PermissionLevel::valueOf).orElse(levels.get(0));
        }
        return levels.stream()
                .filter(level -> level.compareTo(elsewhere.get()) >= 0)
                .findFirst()
                .orElse(levels.get(levels.size() - 1));
    }
}
