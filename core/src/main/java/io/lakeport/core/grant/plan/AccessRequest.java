package io.lakeport.core.grant.plan;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.tenant.WarehouseId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who shall be able to do what.
 *
 * @param principal who works; {@link PrincipalName#toBeCreated} for a service principal that is not there yet
 * @param displayName the name of a service principal that may have to be created, empty when it must be there
 * @param group group of the account that is granted the rights, with the principal as a member; empty to grant them to
 *     the principal itself. A group is what several principals share one set of rights by: Unity Catalog has no roles
 * @param bundles kinds of work; not empty
 * @param warehouses SQL warehouses to be used
 * @param sources catalogs, schemas and tables to be read
 * @param targets schemas and tables to be written
 * @param locations names of external locations
 * @param readOnlyLocations whether nothing is written there
 * @param systemSchemas schemas of the catalog {@code system}
 * @param permissions further permissions, whose principal is replaced by who is granted
 * @param browse whether metadata of the catalogs of the sources shall be seen beyond what can be read
 */
public record AccessRequest(
        PrincipalName principal,
        Optional<String> displayName,
        Optional<String> group,
        Set<AccessBundle> bundles,
        List<WarehouseId> warehouses,
        List<Securable> sources,
        List<Securable> targets,
        List<String> locations,
        boolean readOnlyLocations,
        Set<String> systemSchemas,
        List<ObjectRight> permissions,
        boolean browse) {
    /** What monitoring reads when nothing else is said. */
    public static final List<String> MONITORED = List.of("access", "billing", "compute", "lakeflow", "query");

    public AccessRequest {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(group, "group");
        bundles = Set.copyOf(bundles);
        warehouses = List.copyOf(warehouses);
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        locations = List.copyOf(locations);
        systemSchemas = Set.copyOf(systemSchemas);
        permissions = List.copyOf(permissions);
        require(!bundles.isEmpty(), "name what it is for: " + String.join(", ", AccessBundle.labels()));
        require(
                !bundles.contains(AccessBundle.READ) || !sources.isEmpty(),
                "reading needs a source: a schema (catalog.schema) or tables");
        require(
                !bundles.contains(AccessBundle.WRITE_BACK) || !targets.isEmpty(),
                "write-back needs a target: a schema (catalog.schema) or tables");
        require(
                !bundles.contains(AccessBundle.EXPORT) || !locations.isEmpty(),
                "export needs the name of an external location");
        sources.forEach(source -> requireReadable(source, SecurableType.CATALOG));
        targets.forEach(target -> requireReadable(target, SecurableType.SCHEMA));
        targets.forEach(target -> require(
                !target.isHive(),
                "write-back into the Hive metastore (" + target + ") is not offered; name a schema of Unity Catalog"));
        group.ifPresent(PrincipalName::group);
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, otherwise);
        }
    }

    private static void requireReadable(Securable securable, SecurableType broadest) {
        Set<SecurableType> types = Set.of(SecurableType.CATALOG, SecurableType.SCHEMA, SecurableType.TABLE);
        require(
                types.contains(securable.type()) && securable.type().levels() >= broadest.levels(),
                securable + " cannot be named here; give a schema or tables");
    }

    /** Returns who is granted the rights. */
    public PrincipalName grantee() {
        return group.map(PrincipalName::group).orElse(principal);
    }

    /** Returns the same for a principal that is known now. */
    public AccessRequest of(PrincipalName known) {
        Builder builder = builder(known);
        builder.displayName = displayName;
        builder.group = group;
        builder.bundles.addAll(bundles);
        builder.warehouses.addAll(warehouses);
        builder.sources.addAll(sources);
        builder.targets.addAll(targets);
        builder.locations.addAll(locations);
        builder.readOnlyLocations = readOnlyLocations;
        builder.systemSchemas.addAll(systemSchemas);
        builder.permissions.addAll(permissions);
        builder.browse = browse;
        return builder.build();
    }

    /** Begins a request for a principal. */
    public static Builder builder(PrincipalName principal) {
        return new Builder(principal);
    }

    /** Begins a request for a service principal that is created unless there is one of that display name. */
    public static Builder forNew(String displayName) {
        Builder builder = new Builder(PrincipalName.toBeCreated(displayName));
        builder.displayName = Optional.of(displayName);
        return builder;
    }

    /** Collects a request; the bundles follow from what is named. */
    public static final class Builder {
        private final PrincipalName principal;
        private final Set<AccessBundle> bundles = new LinkedHashSet<>();
        private final List<WarehouseId> warehouses = new ArrayList<>();
        private final List<Securable> sources = new ArrayList<>();
        private final List<Securable> targets = new ArrayList<>();
        private final List<String> locations = new ArrayList<>();
        private final Set<String> systemSchemas = new LinkedHashSet<>();
        private final List<ObjectRight> permissions = new ArrayList<>();
        private Optional<String> displayName = Optional.empty();
        private Optional<String> group = Optional.empty();
        private boolean readOnlyLocations;
        private boolean browse;

        private Builder(PrincipalName principal) {
            this.principal = principal;
        }

        /** Grants to a group of the account instead of the principal. */
        public Builder group(String name) {
            group = Optional.of(name);
            return this;
        }

        /** Adds a warehouse. */
        public Builder warehouse(WarehouseId id) {
            warehouses.add(id);
            return this;
        }

        /** Adds a schema or table to be read. */
        public Builder read(Securable source) {
            bundles.add(AccessBundle.READ);
            sources.add(source);
            return this;
        }

        /** Adds a schema or table to be written. */
        public Builder write(Securable target) {
            bundles.add(AccessBundle.WRITE_BACK);
            targets.add(target);
            return this;
        }

        /** Adds an external location. */
        public Builder location(String name) {
            bundles.add(AccessBundle.EXPORT);
            locations.add(name);
            return this;
        }

        /** Says that external locations are only read. */
        public Builder readOnlyLocations() {
            readOnlyLocations = true;
            return this;
        }

        /** Adds schemas of the catalog {@code system}. */
        public Builder monitor(List<String> schemas) {
            bundles.add(AccessBundle.MONITORING);
            systemSchemas.addAll(schemas);
            return this;
        }

        /**
         * Adds a permission on an object of the workspace.
         *
         * @throws LakeportException INVALID_REQUEST when such an object has no such level, naming the nearest
         */
        public Builder permission(PermissionObject object, String id, PermissionLevel level) {
            permissions.add(ObjectRight.of(object, id, level, principal));
            return this;
        }

        /** Shows metadata of the catalogs that are read. */
        public Builder browse() {
            browse = true;
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws LakeportException INVALID_REQUEST when it names nothing to be done
         */
        public AccessRequest build() {
            return new AccessRequest(
                    principal,
                    displayName,
                    group,
                    bundles,
                    warehouses,
                    sources,
                    targets,
                    locations,
                    readOnlyLocations,
                    systemSchemas,
                    permissions,
                    browse);
        }
    }
}
