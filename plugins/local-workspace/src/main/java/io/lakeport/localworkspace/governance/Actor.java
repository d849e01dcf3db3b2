package io.lakeport.localworkspace.governance;

import java.util.Set;

/**
 * Somebody as privileges see them.
 *
 * @param name user name or application id
 * @param identities the name and all groups that it is in
 * @param metastoreAdmin whether it owns the metastore, itself or through a group
 */
public record Actor(String name, Set<String> identities, boolean metastoreAdmin) {
    public Actor {
        identities = Set.copyOf(identities);
    }

    /** Whether this is the workspace itself. */
    boolean system() {
        return name.equals(Securables.SYSTEM_USER);
    }
}
