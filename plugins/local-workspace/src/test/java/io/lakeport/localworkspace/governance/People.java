package io.lakeport.localworkspace.governance;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Principals of a test: everybody is known, groups are as told. */
public final class People implements Membership {
    public static final String ADMIN = "admin@example.com";

    private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();

    /** Puts somebody into a group. */
    public People put(String principal, String group) {
        groups.computeIfAbsent(principal, p -> ConcurrentHashMap.newKeySet()).add(group);
        return this;
    }

    @Override
    public Set<String> groupsOf(String principal) {
        Set<String> all = new HashSet<>(groups.getOrDefault(principal, Set.of()));
        all.add(Governance.ACCOUNT_USERS);
        return all;
    }

    @Override
    public boolean exists(String principal) {
        return !principal.startsWith("nobody");
    }

    @Override
    public boolean isWorkspaceAdmin(String principal) {
        return principal.equals(ADMIN);
    }
}
