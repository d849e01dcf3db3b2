package io.lakeport.core.principal;

import java.util.Objects;

/**
 * That somebody is in a group.
 *
 * @param groupId id of the group
 * @param group its name
 * @param direct whether as a member of its own, and not through another group
 */
public record Membership(String groupId, String group, boolean direct) {
    public Membership {
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(group, "group");
    }
}
