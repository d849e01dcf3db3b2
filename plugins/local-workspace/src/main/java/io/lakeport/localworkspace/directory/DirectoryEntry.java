package io.lakeport.localworkspace.directory;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A user, service principal or group.
 *
 * @param id numeric id, unique in the account; 0 until the directory has given one
 * @param kind what it stands for
 * @param name what it is called in grants: user name in lower case, application id, or the group's display name
 * @param displayName name for people
 * @param externalId id in the identity provider it came from
 * @param active whether it may sign in
 * @param personName parts of a person's name by SCIM's names, {@code givenName} and {@code familyName}
 * @param entitlements given to it directly
 * @param roles given to it directly, {@code account_admin} for example
 * @param members ids of a group's direct members
 * @param level where it lives
 * @param assignment how it is assigned to the workspace; empty when it is not, itself
 */
public record DirectoryEntry(
        long id,
        PrincipalKind kind,
        String name,
        String displayName,
        Optional<String> externalId,
        boolean active,
        Map<String, String> personName,
        Set<String> entitlements,
        Set<String> roles,
        Set<Long> members,
        Level level,
        Optional<Assignment> assignment) {
    /** Checks and copies. */
    public DirectoryEntry {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a " + kind.words() + " needs a name");
        }
        personName = Map.copyOf(new TreeMap<>(personName));
        entitlements = java.util.Collections.unmodifiableSet(new TreeSet<>(entitlements));
        roles = java.util.Collections.unmodifiableSet(new TreeSet<>(roles));
        members = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(members));
    }

    /** Begins an entry of the account, active, in no workspace. */
    public static Builder builder(PrincipalKind kind, String name) {
        return new Builder(kind, name);
    }

    /** Returns a builder that starts from this entry. */
    public Builder toBuilder() {
        Builder builder = new Builder(kind, name);
        builder.id = id;
        builder.displayName = displayName;
        builder.externalId = externalId;
        builder.active = active;
        builder.personName = personName;
        builder.entitlements = entitlements;
        builder.roles = roles;
        builder.members = members;
        builder.level = level;
        builder.assignment = assignment;
        return builder;
    }

    /** Whether it is a group. */
    public boolean isGroup() {
        return kind == PrincipalKind.GROUP;
    }

    /** Builds an entry. Not thread-safe. */
    public static final class Builder {
        private final PrincipalKind kind;
        private String name;
        private long id;
        private String displayName;
        private Optional<String> externalId = Optional.empty();
        private boolean active = true;
        private Map<String, String> personName = Map.of();
        private Set<String> entitlements = Set.of();
        private Set<String> roles = Set.of();
        private Set<Long> members = Set.of();
        private Level level = Level.ACCOUNT;
        private Optional<Assignment> assignment = Optional.empty();

        private Builder(PrincipalKind kind, String name) {
            this.kind = kind;
            this.name = name;
            this.displayName = name;
        }

        Builder id(long value) {
            id = value;
            return this;
        }

        /** Sets the name; a group's display name goes with it. */
        public Builder name(String value) {
            name = value;
            if (kind == PrincipalKind.GROUP) {
                displayName = value;
            }
            return this;
        }

        /** Sets the name for people. */
        public Builder displayName(String value) {
            displayName = value;
            return this;
        }

        /** Sets the id in the identity provider. */
        public Builder externalId(Optional<String> value) {
            externalId = value;
            return this;
        }

        /** Sets whether it may sign in. */
        public Builder active(boolean value) {
            active = value;
            return this;
        }

        /** Sets the parts of a person's name. */
        public Builder personName(Map<String, String> value) {
            personName = value;
            return this;
        }

        /** Sets the entitlements given to it directly. */
        public Builder entitlements(Set<String> value) {
            entitlements = value;
            return this;
        }

        /** Sets the roles given to it directly. */
        public Builder roles(Set<String> value) {
            roles = value;
            return this;
        }

        /** Sets the direct members of a group. */
        public Builder members(Set<Long> value) {
            members = value;
            return this;
        }

        /** Sets where it lives. */
        public Builder level(Level value) {
            level = value;
            return this;
        }

        /** Sets how it is assigned to the workspace. */
        public Builder assignment(Optional<Assignment> value) {
            assignment = value;
            return this;
        }

        /** Returns the entry. */
        public DirectoryEntry build() {
            return new DirectoryEntry(
                    id,
                    kind,
                    name,
                    displayName,
                    externalId,
                    active,
                    personName,
                    entitlements,
                    roles,
                    members,
                    level,
                    assignment);
        }
    }
}
