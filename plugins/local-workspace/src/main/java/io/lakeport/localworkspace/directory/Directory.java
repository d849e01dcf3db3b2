package io.lakeport.localworkspace.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.Membership;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * Users, service principals and groups, kept by {@link StateFiles}. The workspace's own groups {@code users} and
 * {@code admins} have no list of members: who is assigned to the workspace is in the one, who is assigned as its
 * administrator in the other too. Everybody is in {@code account users}. Thread-safe.
 */
public final class Directory implements Membership {
    /** Everybody who is assigned to the workspace. */
    public static final String USERS = "users";
    /** Who administers the workspace. */
    public static final String ADMINS = "admins";
    /** Everybody in the account. */
    public static final String ACCOUNT_USERS = "account users";

    private static final String DOCUMENT = "directory";
    private static final long FIRST_ID = 4_611_686_018_427_387L;
    private static final String ACCOUNT_ADMIN = "account_admin";

    private final StateFiles state;
    private final Map<Long, DirectoryEntry> entries = new ConcurrentSkipListMap<>();
    private long lastId = FIRST_ID;

    /** Opens the directory; one that was never written has the built-in groups only. */
    public Directory(StateFiles state) {
        this.state = state;
        state.read(DOCUMENT).ifPresent(this::read);
        if (entries.isEmpty()) {
            add(builtIn(ADMINS, Level.WORKSPACE)
                    .entitlements(Set.of(
                            Entitlements.WORKSPACE_ACCESS,
                            Entitlements.SQL_ACCESS,
                            Entitlements.CLUSTER_CREATE,
                            Entitlements.POOL_CREATE))
                    .build());
            add(builtIn(USERS, Level.WORKSPACE)
                    .entitlements(Set.of(Entitlements.WORKSPACE_ACCESS, Entitlements.SQL_ACCESS))
                    .build());
            add(builtIn(ACCOUNT_USERS, Level.ACCOUNT).build());
        }
    }

    private static DirectoryEntry.Builder builtIn(String name, Level level) {
        return DirectoryEntry.builder(PrincipalKind.GROUP, name).level(level);
    }

    private void read(JsonNode document) {
        document.path("entries").forEach(node -> {
            DirectoryEntry entry = EntryJson.read(node);
            entries.put(entry.id(), entry);
        });
        lastId = document.path("lastId").asLong(FIRST_ID);
    }

    private void write() {
        ObjectNode document = Json.object().put("lastId", lastId);
        var array = document.putArray("entries");
        entries.values().forEach(entry -> array.add(EntryJson.write(entry)));
        state.write(DOCUMENT, document);
    }

    /**
     * Adds an entry under an id of its own.
     *
     * @throws DuplicateEntryException when there is one of its kind and name at its level
     */
    public synchronized DirectoryEntry add(DirectoryEntry entry) {
        DirectoryEntry named = entry.toBuilder().id(++lastId).build();
        requireUnique(named);
        entries.put(named.id(), named);
        write();
        return named;
    }

    /**
     * Changes an entry.
     *
     * @return the changed entry; empty when there is none of this id
     * @throws DuplicateEntryException when its new name is taken
     */
    public synchronized Optional<DirectoryEntry> update(long id, UnaryOperator<DirectoryEntry> change) {
        DirectoryEntry old = entries.get(id);
        if (old == null) {
            return Optional.empty();
        }
        DirectoryEntry changed = change.apply(old).toBuilder().id(id).build();
        requireUnique(changed);
        entries.put(id, changed);
        write();
        return Optional.of(changed);
    }

    private void requireUnique(DirectoryEntry entry) {
        for (DirectoryEntry other : entries.values()) {
            boolean same = other.kind() == entry.kind()
                    && other.name().toLowerCase(Locale.ROOT).equals(entry.name().toLowerCase(Locale.ROOT));
            if (same && other.id() != entry.id()) {
                throw new DuplicateEntryException(other);
            }
        }
    }

    /** Removes an entry, also from the groups it is in. Returns whether it was there. */
    public synchronized boolean remove(long id) {
        if (entries.remove(id) == null) {
            return false;
        }
        entries.replaceAll((groupId, group) -> {
            Set<Long> left = new LinkedHashSet<>(group.members());
            return left.remove(id) ? group.toBuilder().members(left).build() : group;
        });
        write();
        return true;
    }

    /** Returns an entry by its id. */
    public Optional<DirectoryEntry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Returns an entry by kind and name, whose case does not matter. */
    public Optional<DirectoryEntry> find(PrincipalKind kind, String name) {
        return entries.values().stream()
                .filter(entry -> entry.kind() == kind && entry.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns an entry of any kind by its name. */
    public Optional<DirectoryEntry> find(String name) {
        return entries.values().stream()
                .filter(entry -> entry.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns every entry, oldest first. */
    public List<DirectoryEntry> all() {
        return List.copyOf(entries.values());
    }

    /** Whether an entry is assigned to the workspace, itself or through a group, or lives in it. */
    public boolean inWorkspace(DirectoryEntry entry) {
        return entry.level() == Level.WORKSPACE
                || entry.assignment().isPresent()
                || containing(entry.id()).stream()
                        .anyMatch(group -> group.assignment().isPresent());
    }

    /** Returns the groups of an entry, also through other groups. */
    public Set<DirectoryEntry> groupsOf(DirectoryEntry entry) {
        Set<DirectoryEntry> groups = containing(entry.id());
        boolean admin = entry.assignment().equals(Optional.of(Assignment.ADMIN))
                || groups.stream().anyMatch(group -> group.assignment().equals(Optional.of(Assignment.ADMIN)));
        boolean builtIn = entry.isGroup() && isBuiltIn(entry);
        if (!builtIn && entry.level() == Level.ACCOUNT) {
            if (inWorkspace(entry)) {
                find(PrincipalKind.GROUP, USERS).ifPresent(groups::add);
            }
            find(PrincipalKind.GROUP, ACCOUNT_USERS).ifPresent(groups::add);
        }
        if (admin) {
            find(PrincipalKind.GROUP, ADMINS).ifPresent(groups::add);
        }
        return groups;
    }

    private Set<DirectoryEntry> containing(long id) {
        Set<DirectoryEntry> found = new LinkedHashSet<>();
        addContaining(id, found);
        return found;
    }

    private void addContaining(long id, Set<DirectoryEntry> found) {
        for (DirectoryEntry group : entries.values()) {
            if (group.members().contains(id) && found.add(group)) {
                addContaining(group.id(), found);
            }
        }
    }

    /** Returns the direct members of a group; those of the built-in groups follow from the assignments. */
    public List<DirectoryEntry> membersOf(DirectoryEntry group) {
        return entries.values().stream()
                .filter(entry -> isDirectMember(group, entry))
                .toList();
    }

    private static boolean isDirectMember(DirectoryEntry group, DirectoryEntry entry) {
        if (!isBuiltIn(group)) {
            return group.members().contains(entry.id());
        }
        return switch (group.name()) {
            case ADMINS -> entry.assignment().equals(Optional.of(Assignment.ADMIN));
            case USERS -> entry.assignment().isPresent();
            default -> !entry.isGroup();
        };
    }

    /** Whether a group is one that every account or workspace has. */
    public static boolean isBuiltIn(DirectoryEntry group) {
        return group.isGroup() && Set.of(USERS, ADMINS, ACCOUNT_USERS).contains(group.name());
    }

    /** Returns what an entry is entitled to, also through its groups. */
    public Set<String> entitlementsOf(DirectoryEntry entry) {
        Set<String> entitlements = new LinkedHashSet<>(entry.entitlements());
        groupsOf(entry).forEach(group -> entitlements.addAll(group.entitlements()));
        return entitlements;
    }

    /** Whether an entry administers the account, itself or through a group. */
    public boolean isAccountAdmin(DirectoryEntry entry) {
        return entry.roles().contains(ACCOUNT_ADMIN)
                || groupsOf(entry).stream().anyMatch(group -> group.roles().contains(ACCOUNT_ADMIN));
    }

    @Override
    public Set<String> groupsOf(String principal) {
        Set<String> names = new LinkedHashSet<>();
        find(principal).ifPresent(entry -> groupsOf(entry).forEach(group -> names.add(group.name())));
        return names;
    }

    /** As Unity Catalog has it: groups of the workspace cannot be granted anything. */
    @Override
    public boolean exists(String principal) {
        return find(principal).filter(entry -> entry.level() == Level.ACCOUNT).isPresent();
    }

    @Override
    public boolean isWorkspaceAdmin(String principal) {
        return groupsOf(principal).contains(ADMINS);
    }

    @Override
    public String canonical(String principal) {
        return find(principal).map(DirectoryEntry::name).orElse(principal);
    }

    @Override
    public Set<String> users() {
        return names(false);
    }

    /** As Unity Catalog has it: only groups of the account. */
    @Override
    public Set<String> groups() {
        return names(true);
    }

    private Set<String> names(boolean groups) {
        Set<String> names = new LinkedHashSet<>();
        entries.values().stream()
                .filter(entry -> entry.isGroup() == groups && entry.level() == Level.ACCOUNT)
                .forEach(entry -> names.add(entry.name()));
        return names;
    }
}
