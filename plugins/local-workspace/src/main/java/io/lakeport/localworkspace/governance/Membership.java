package io.lakeport.localworkspace.governance;

import java.util.Set;

/** What privileges need to know about principals. Thread-safe. */
public interface Membership {
    /**
     * Returns the groups that a principal is in, also through other groups, {@code account users} among them.
     *
     * @param principal user name, application id of a service principal, or group name
     */
    Set<String> groupsOf(String principal);

    /** Whether privileges may be granted to a user, service principal or group of this name. */
    boolean exists(String principal);

    /** Whether this principal administers the workspace. */
    boolean isWorkspaceAdmin(String principal);

    /**
     * Returns a principal's name as it is kept, since statements may write names in another case.
     *
     * @param principal name for which {@link #exists} holds
     */
    default String canonical(String principal) {
        return principal;
    }

    /** Returns the names of all users and service principals, in no order. */
    default Set<String> users() {
        return Set.of();
    }

    /** Returns the names of all groups, in no order. */
    default Set<String> groups() {
        return Set.of();
    }
}
