package io.lakeport.core.grant;

import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.PrincipalName;
import java.util.Objects;

/** One thing that must be so before somebody can work. {@link Fixes} says what makes it so. */
public sealed interface Right {
    /**
     * That there is a service principal.
     *
     * @param displayName the name that pages show
     */
    record Exists(String displayName) implements Right {
        public Exists {
            Objects.requireNonNull(displayName, "displayName");
        }

        @Override
        public String toString() {
            return "service principal '" + displayName + "' exists";
        }
    }

    /** That a principal of the account is assigned to the workspace. */
    record Assigned(PrincipalName principal) implements Right {
        public Assigned {
            Objects.requireNonNull(principal, "principal");
        }

        @Override
        public String toString() {
            return principal + " is assigned to the workspace";
        }
    }

    /** That a principal has an entitlement, itself or through a group. */
    record Entitled(PrincipalName principal, Entitlement entitlement) implements Right {
        public Entitled {
            Objects.requireNonNull(principal, "principal");
            Objects.requireNonNull(entitlement, "entitlement");
        }

        @Override
        public String toString() {
            return "entitlement '" + entitlement.label() + "' for " + principal;
        }
    }

    /** That the account has a group. */
    record GroupExists(String group) implements Right {
        public GroupExists {
            Objects.requireNonNull(group, "group");
        }

        @Override
        public String toString() {
            return "group '" + group + "' exists in the account";
        }
    }

    /** That somebody is in a group of the account. */
    record InGroup(String group, PrincipalName member) implements Right {
        public InGroup {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(member, "member");
        }

        @Override
        public String toString() {
            return member + " is in group '" + group + "'";
        }
    }

    /** That somebody holds a permission on an object of the workspace. */
    record Permitted(ObjectRight permission) implements Right {
        public Permitted {
            Objects.requireNonNull(permission, "permission");
        }

        @Override
        public String toString() {
            return permission.toString();
        }
    }

    /** That a schema of the catalog {@code system} is enabled. */
    record SchemaEnabled(String schema) implements Right {
        public SchemaEnabled {
            Objects.requireNonNull(schema, "schema");
        }

        @Override
        public String toString() {
            return "schema system." + schema + " is enabled";
        }
    }

    /** That somebody holds a privilege. */
    record Granted(Grant grant) implements Right {
        public Granted {
            Objects.requireNonNull(grant, "grant");
        }

        @Override
        public String toString() {
            return grant.toString();
        }
    }
}
