package io.lakeport.app.config;

import io.lakeport.core.auth.Credentials;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one member of {@code tenants}. */
final class TenantReader {
    private final SecretReader secrets;
    private final TenantDefaults defaults;

    TenantReader(SecretReader secrets, TenantDefaults defaults) {
        this.secrets = secrets;
        this.defaults = defaults;
    }

    Tenant read(String id, JsonValue value) {
        ConfigObject object = ConfigObject.of(value, ConfigKeys.TENANT);
        return ConfigObject.located(
                value,
                () -> new Tenant(
                        TenantId.of(id),
                        host(object),
                        warehouses(object),
                        object.text("engine").orElse(defaults.engine()),
                        object.text("catalog"),
                        object.text("schema"),
                        identity(object),
                        object.find("isolation").map(TenantReader::isolation).orElse(defaults.isolation()),
                        scope(object),
                        object.read("user_agent", UserAgentEntry::parse).orElse(defaults.userAgent()),
                        object.read("statement_timeout", Quantity::duration).orElse(defaults.statementTimeout()),
                        PolicyReader.read(object)));
    }

    static WorkspaceHost host(ConfigObject object) {
        JsonValue host =
                object.require("host", "the workspace's URL, for example https://dbc-a1b2.cloud.databricks.com");
        return ConfigObject.located(host, () -> WorkspaceHost.parse(host.string()));
    }

    private static List<WarehouseId> warehouses(ConfigObject object) {
        Optional<JsonValue> one = object.find("warehouse_id");
        List<JsonValue> several = object.list("warehouse_ids");
        if (one.isPresent() && !several.isEmpty()) {
            throw one.get().error("give either 'warehouse_id' or 'warehouse_ids', not both");
        }
        List<JsonValue> all = one.map(List::of).orElse(several);
        if (all.isEmpty()) {
            throw object.missing("warehouse_id", "the id of a SQL warehouse");
        }
        return all.stream().map(TenantReader::warehouse).toList();
    }

    static WarehouseId warehouse(JsonValue value) {
        return ConfigObject.located(value, () -> WarehouseId.of(value.string()));
    }

    private IdentitySettings identity(ConfigObject object) {
        ConfigObject auth = ConfigObject.of(
                object.require("auth", "how the tenant signs in: method, properties, secrets"), ConfigKeys.AUTH);
        SecretReader.Found found = secrets.found(auth, "secrets");
        return new IdentitySettings(
                auth.require("method", "for example oauth-m2m or pat").string(),
                secrets.texts(auth, "properties"),
                found.secrets(),
                auth.find("credentials")
                        .map(value -> constant(value, Credentials.class))
                        .orElse(Credentials.GLOBAL),
                found.sealed());
    }

    static Isolation isolation(JsonValue value) {
        return constant(value, Isolation.class);
    }

    private static TenantScope scope(ConfigObject object) {
        Optional<JsonValue> found = object.find("scope");
        if (found.isEmpty()) {
            return new TenantScope(Set.of(), Set.of(), AccessProfile.READ);
        }
        ConfigObject scope = ConfigObject.of(found.get(), ConfigKeys.SCOPE);
        Set<String> catalogs = new LinkedHashSet<>();
        scope.list("catalogs").forEach(name -> catalogs.add(name.string()));
        Set<String> schemas = new LinkedHashSet<>();
        scope.list("schemas").forEach(name -> schemas.add(name.string()));
        Set<URI> prefixes = new LinkedHashSet<>();
        scope.list("object_prefixes").forEach(prefix -> prefixes.add(prefix(prefix)));
        return new TenantScope(
                catalogs,
                schemas,
                prefixes,
                scope.find("access").map(v -> constant(v, AccessProfile.class)).orElse(AccessProfile.READ));
    }

    private static URI prefix(JsonValue value) {
        if (!value.string().endsWith("/")) {
            throw value.error("the prefix must end in '/': without it a sibling would match as well");
        }
        return uri(value);
    }

    static URI uri(JsonValue value) {
        URI uri = ConfigObject.located(value, () -> URI.create(value.string()));
        if (uri.getScheme() == null) {
            throw value.error("the URI has no scheme; expected for example s3://bucket/exports/ or file:///data/");
        }
        return uri;
    }

    SourceSettings source(JsonValue value, List<String> warnings) {
        ConfigObject source = ConfigObject.of(value, ConfigKeys.SOURCE);
        JsonValue table = source.require("table", "the table to import");
        Optional<String> column = source.text("partition_column");
        boolean appendOnly = source.find("append_only").map(JsonValue::bool).orElse(false);
        if (column.isEmpty()) {
            warnings.add(partitionWarning(
                    value, "is missing, so '" + SourceSettings.DEFAULT_PARTITION_COLUMN + "' is used", appendOnly));
        }
        List<String> kinds = new ArrayList<>();
        source.list("data_kinds").forEach(kind -> kinds.add(kind.string()));
        return new SourceSettings(
                ConfigObject.located(table, () -> TableName.parse(table.string())),
                column.orElse(SourceSettings.DEFAULT_PARTITION_COLUMN),
                appendOnly,
                kinds);
    }

    static String partitionWarning(JsonValue place, String what, boolean appendOnly) {
        return place.source() + " line " + place.line() + ": 'partition_column' " + what
                + (appendOnly
                        ? "; that is right for a table whose rows never change"
                        : "; rows that are changed later are then missed: name a column that is set whenever a row is"
                                + " added or changed, such as loaded_at or updated_at");
    }

    static <E extends Enum<E>> E constant(JsonValue value, Class<E> type) {
        List<String> names = java.util.Arrays.stream(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        int at = names.indexOf(value.string());
        if (at < 0) {
            throw value.error("'" + value.string() + "' is not one of " + String.join(", ", names)
                    + Nearest.hint(value.string(), names));
        }
        return type.getEnumConstants()[at];
    }
}
