package io.lakeport.core.principal;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody as a workspace or account knows it.
 *
 * @param id numeric id of SCIM, which is another than the application id
 * @param name by which rights are granted to it
 * @param displayName what pages show
 * @param active whether it may sign in; always true for a group
 * @param groups the groups that it is in, as far as the answer tells
 * @param entitlements SCIM names of its own entitlements; those that it has through groups are the groups'
 */
public record Principal(
        String id,
        PrincipalName name,
        String displayName,
        boolean active,
        List<Membership> groups,
        Set<String> entitlements) {
    /** Name of the group in which everybody of an account is; privileges are granted to it as to another. */
    public static final String ACCOUNT_USERS = "account users";

    /** Name of the group of a workspace's administrators. */
    public static final String ADMINS = "admins";

    public Principal {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(displayName, "displayName");
        groups = List.copyOf(groups);
        entitlements = Set.copyOf(entitlements);
    }

    /** Returns whether it is in a group, directly or through another. */
    public boolean isIn(String group) {
        return groups.stream().anyMatch(membership -> membership.group().equalsIgnoreCase(group));
    }

    /** Returns whether it administers the workspace. */
    public boolean isWorkspaceAdmin() {
        return isIn(ADMINS);
    }

    /** Returns every name under which it may hold a privilege: its own, its groups', and that of everybody. */
    public Set<String> identities() {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.add(name.name());
        groups.forEach(membership -> all.add(membership.group()));
        all.add(ACCOUNT_USERS);
        return all;
    }
}
