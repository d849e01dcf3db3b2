package io.lakeport.app.cli;

import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.plan.AccessRequest;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say who shall be able to do what. */
final class AccessOptions {
    @Option(
            names = "--principal",
            paramLabel = "ID",
            description = "Application id of a service principal, or a user name; the tenant's own if not given.")
    private @Nullable String principal;

    @Option(
            names = "--new",
            paramLabel = "NAME",
            description = "A service principal of that display name, created if there is none.")
    private @Nullable String created;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Grant to this group of the account, with the principal as a member.")
    private @Nullable String group;

    @Option(
            names = "--read",
            paramLabel = "NAME",
            description = "catalog.schema for all of its tables, catalog.schema.table for one; may be repeated."
                    + " The tenant's schema if nothing is named at all.")
    private List<String> reads = new ArrayList<>();

    @Option(names = "--write", paramLabel = "NAME", description = "Schema or table to write back to; may be repeated.")
    private List<String> writes = new ArrayList<>();

    @Option(names = "--location", paramLabel = "NAME", description = "External location to export to; may be repeated.")
    private List<String> locations = new ArrayList<>();

    @Option(names = "--read-only-locations", description = "Only read at these locations.")
    private boolean readOnly;

    @Option(
            names = "--monitor",
            arity = "0..1",
            fallbackValue = "access,billing,compute,lakeflow,query",
            paramLabel = "SCHEMAS",
            description = "System schemas to read, separated by commas; ${FALLBACK-VALUE} if none is named.")
    private @Nullable String monitor;

    @Option(
            names = "--permission",
            paramLabel = "KIND:ID:LEVEL",
            description = "For example job:123:CAN_VIEW or cluster:0101-abc:CAN_ATTACH_TO; may be repeated.")
    private List<String> permissions = new ArrayList<>();

    @Option(names = "--browse", description = "Show metadata of what cannot be read, too (BROWSE).")
    private boolean browse;

    @Option(names = "--no-warehouse", description = "Leave the tenant's warehouses out.")
    private boolean noWarehouse;

    /** Returns what is asked for. */
    AccessRequest request(Tenant tenant) {
        AccessRequest.Builder request =
                created == null ? AccessRequest.builder(principal(tenant)) : AccessRequest.forNew(created);
        Optional.ofNullable(group).ifPresent(request::group);
        if (!noWarehouse) {
            for (WarehouseId warehouse : tenant.warehouses()) {
                request.warehouse(warehouse);
            }
        }
        reads.forEach(name -> request.read(securable(name)));
        writes.forEach(name -> request.write(securable(name)));
        if (reads.isEmpty() && writes.isEmpty() && locations.isEmpty() && monitor == null) {
            ofTenant(tenant, request);
        }
        locations.forEach(request::location);
        if (readOnly) {
            request.readOnlyLocations();
        }
        Optional.ofNullable(monitor).ifPresent(schemas -> request.monitor(Arrays.asList(schemas.split(","))));
        permissions.forEach(text -> permission(request, text));
        if (browse) {
            request.browse();
        }
        return request.build();
    }

    private PrincipalName principal(Tenant tenant) {
        String name = Optional.ofNullable(principal)
                .or(() -> Optional.ofNullable(tenant.identity().properties().get("client_id")))
                .orElseThrow(() -> new IllegalArgumentException("for whom? tenant '" + tenant.id()
                        + "' does not sign in by a client id; give --principal, or --new"));
        return name.contains("@") ? PrincipalName.user(name) : PrincipalName.servicePrincipal(name);
    }

    /** The tenant's own schema, and with a profile of write-back its own writing there. */
    private static void ofTenant(Tenant tenant, AccessRequest.Builder request) {
        if (tenant.catalog().isEmpty() || tenant.schema().isEmpty()) {
            throw new IllegalArgumentException("for what? name schemas or tables by --read and --write, external"
                    + " locations by --location, system schemas by --monitor; or give the tenant a catalog and schema");
        }
        Securable schema =
                Securable.schema(tenant.catalog().get(), tenant.schema().get());
        request.read(schema);
        if (tenant.scope().access() == AccessProfile.WRITE_BACK) {
            request.write(schema);
        }
    }

    private static Securable securable(String text) {
        TableName name = TableName.parse(text);
        if (name.schema().isEmpty()) {
            return Securable.catalog(name.table().value());
        }
        return name.catalog().isEmpty()
                ? Securable.schema(
                        name.schema().map(Identifier::value).orElseThrow(),
                        name.table().value())
                : Securable.table(name);
    }

    private static void permission(AccessRequest.Builder request, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not KIND:ID:LEVEL, as job:123:CAN_VIEW is");
        }
        PermissionObject object = Arrays.stream(PermissionObject.values())
                .filter(kind ->
                        kind.name().equals(parts[0].toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + parts[0] + "' is no kind of object; there are "
                        + Arrays.stream(PermissionObject.values())
                                .map(kind ->
                                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toList()));
        PermissionLevel level = object.level(parts[2]);
        request.permission(object, parts[1], level);
    }
}
