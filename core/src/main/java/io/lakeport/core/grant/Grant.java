package io.lakeport.core.grant;

import io.lakeport.core.sql.Identifier;
import java.util.Objects;
import java.util.Optional;

/**
 * One privilege that somebody holds, or is to hold.
 *
 * @param principal user name, application id of a service principal, or name of an account's group
 * @param privilege which
 * @param securable on what
 * @param inheritedFrom the object around it from which it comes down, empty when it was granted on the object itself
 */
public record Grant(String principal, Privilege privilege, Securable securable, Optional<Securable> inheritedFrom) {
    public Grant {
        Objects.requireNonNull(privilege, "privilege");
        Objects.requireNonNull(securable, "securable");
        Objects.requireNonNull(inheritedFrom, "inheritedFrom");
        if (principal.isBlank()) {
            throw new IllegalArgumentException("a grant names nobody");
        }
    }

    /**
     * Returns a grant on the object itself.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when there is no such privilege on such an object
     */
    public static Grant of(String principal, Privilege privilege, Securable securable) {
        return new Grant(principal, privilege.on(securable.type()), securable, Optional.empty());
    }

    /** Returns the statement that gives it, in the form of Unity Catalog or, for objects there, of the Hive metastore. */
    public String sql() {
        return "GRANT " + words() + " ON " + securable.sql() + " TO " + grantee();
    }

    /** Returns the statement that takes it away. */
    public String revokeSql() {
        return "REVOKE " + words() + " ON " + securable.sql() + " FROM " + grantee();
    }

    private String words() {
        boolean use = privilege.equals(Privilege.USE_CATALOG) || privilege.equals(Privilege.USE_SCHEMA);
        return use && securable.isHive() ? "USAGE" : privilege.sql();
    }

    private String grantee() {
        return Identifier.of(principal).quoted();
    }

    @Override
    public String toString() {
        return privilege + " on " + securable + " for " + principal
                + inheritedFrom.map(from -> " (from " + from + ")").orElse("");
    }
}
