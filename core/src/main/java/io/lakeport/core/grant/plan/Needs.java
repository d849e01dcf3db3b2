package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.tenant.WarehouseId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The least rights that a request comes to, in the order in which they have to be given: who, where, with what, and then
 * from the outside of Unity Catalog inwards. Privileges are asked for on the narrowest object that does; nothing on a
 * catalog but USE CATALOG, unless the catalog itself is what shall be read.
 */
public final class Needs {
    private final AccessRequest request;
    private final PrincipalName grantee;
    private final Map<Right, String> needs = new LinkedHashMap<>();

    private Needs(AccessRequest request) {
        this.request = request;
        this.grantee = request.grantee();
    }

    /** Returns what is needed, each right once. */
    public static List<Need> of(AccessRequest request) {
        Needs needs = new Needs(request);
        needs.who();
        needs.with();
        needs.monitoring();
        needs.reading();
        needs.writing();
        needs.locations();
        List<Need> all = new ArrayList<>();
        needs.needs.forEach((right, reason) -> all.add(new Need(right, reason)));
        return all;
    }

    private void add(Right right, String reason) {
        needs.putIfAbsent(right, reason);
    }

    private void add(Privilege privilege, Securable securable, String reason) {
        add(new Right.Granted(Grant.of(grantee.name(), privilege, securable)), reason);
    }

    private void who() {
        request.displayName()
                .ifPresent(name -> add(new Right.Exists(name), "a service principal of its own signs in, no person"));
        add(new Right.Assigned(request.principal()), "whoever is not in the workspace gets no token for it");
        request.group().ifPresent(group -> {
            add(new Right.GroupExists(group), "rights are granted to a group, which several principals can share");
            add(new Right.Assigned(grantee), "permissions are given to groups that are in the workspace");
            add(new Right.InGroup(group, request.principal()), "a member has what the group is granted");
        });
        add(new Right.Entitled(grantee, Entitlement.WORKSPACE_ACCESS), "opens the workspace's API");
        add(new Right.Entitled(grantee, Entitlement.SQL_ACCESS), "opens warehouses and statements");
    }

    private void with() {
        for (WarehouseId warehouse : request.warehouses()) {
            PermissionLevel level = request.permissions().stream()
                    .filter(asked -> asked.object() == PermissionObject.WAREHOUSE)
                    .filter(asked -> asked.id().equals(warehouse.value()))
                    .map(ObjectRight::level)
                    .filter(asked -> PermissionObject.WAREHOUSE.includes(asked, PermissionLevel.CAN_USE))
                    .findFirst()
                    // A principal has one level on an object; a stronger one that is asked for anyway includes this.
                    .orElse(PermissionLevel.CAN_USE);
            permit(PermissionObject.WAREHOUSE, warehouse.value(), level, "runs statements on the warehouse");
        }
        request.permissions().forEach(asked -> permit(asked.object(), asked.id(), asked.level(), "was asked for"));
    }

    private void permit(PermissionObject object, String id, PermissionLevel level, String reason) {
        add(new Right.Permitted(ObjectRight.of(object, id, level, grantee)), reason);
    }

    private void monitoring() {
        if (!request.bundles().contains(AccessBundle.MONITORING)) {
            return;
        }
        TreeSet<String> schemas = new TreeSet<>(request.systemSchemas());
        if (schemas.isEmpty()) {
            schemas.addAll(AccessRequest.MONITORED);
        }
        schemas.forEach(schema ->
                add(new Right.SchemaEnabled(schema), "nobody can be granted anything in a system schema before"));
        add(Privilege.USE_CATALOG, Securable.catalog("system"), "opens the catalog of the system tables");
        for (String schema : schemas) {
            Securable securable = Securable.schema("system", schema);
            add(
                    Privilege.USE_SCHEMA,
                    securable,
                    "each system schema is opened by itself: a grant on the catalog does not come down to them");
            add(Privilege.SELECT, securable, "reads the tables of system." + schema);
        }
    }

    private void reading() {
        for (Securable source : request.sources()) {
            use(source);
            add(Privilege.SELECT, source, "reads " + plural(source));
        }
        if (request.browse()) {
            request.sources().stream()
                    .filter(source -> !source.isHive())
                    .forEach(source -> add(
                            Privilege.BROWSE,
                            Securable.catalog(source.name().get(0)),
                            "shows what else there is, without reading it"));
        }
    }

    private static String plural(Securable securable) {
        return securable.type() == SecurableType.TABLE
                ? securable.toString()
                : "every table and view of " + securable + ", those to come too";
    }

    /** The Hive metastore asks for USAGE on the schema alone. */
    private void use(Securable securable) {
        Securable catalog = Securable.catalog(securable.name().get(0));
        if (!securable.isHive()) {
            add(
                    Privilege.USE_CATALOG,
                    catalog,
                    "without it nothing in the catalog can be used, whatever is granted there");
        }
        Securable schema = securable.name().size() > 1
                ? Securable.schema(securable.name().get(0), securable.name().get(1))
                : catalog;
        add(Privilege.USE_SCHEMA, schema, "without it no table in it can be used, whatever is granted there");
    }

    private void writing() {
        for (Securable target : request.targets()) {
            use(target);
            if (target.type() == SecurableType.SCHEMA) {
                add(Privilege.CREATE_TABLE, target, "creates the tables that are written back");
            }
            add(Privilege.SELECT, target, "MERGE, UPDATE and DELETE read what they change");
            add(Privilege.MODIFY, target, "INSERT, MERGE, UPDATE and DELETE");
        }
    }

    private void locations() {
        for (String name : request.locations()) {
            Securable location = Securable.location(name);
            add(Privilege.READ_FILES, location, "reads the files there");
            if (!request.readOnlyLocations()) {
                add(Privilege.WRITE_FILES, location, "writes the files there");
                add(Privilege.CREATE_EXTERNAL_TABLE, location, "makes tables over what was written");
            }
        }
    }
}
