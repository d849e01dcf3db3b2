package io.lakeport.app.config;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The document by which Birdie's customers describe their workspace (its article "Databricks", section "Share
 * connection details"): one workspace, one table.
 *
 * @param host the workspace
 * @param warehouse a SQL warehouse of it
 * @param identity {@code oauth-m2m} for Birdie's {@code oauth}, or {@code pat}
 * @param catalog catalog of the table, empty for a Hive metastore
 * @param schema schema of the table
 * @param table the table or view
 * @param partitionColumn column for incremental reading
 * @param dataKinds what the table holds; never empty
 * @param warnings what is legal and probably not meant
 */
public record BirdieDocument(
        WorkspaceHost host,
        WarehouseId warehouse,
        IdentitySettings identity,
        Optional<String> catalog,
        String schema,
        String table,
        String partitionColumn,
        List<String> dataKinds,
        List<String> warnings) {
    private static final String TENANT = "default";

    public BirdieDocument {
        dataKinds = List.copyOf(dataKinds);
        warnings = List.copyOf(warnings);
    }

    static boolean isOne(JsonValue root) {
        return root.content() instanceof Map<?, ?> map && map.containsKey("connection_details");
    }

    static BirdieDocument read(JsonValue value, SecretReader secrets) {
        ConfigObject root = ConfigObject.of(value, ConfigKeys.BIRDIE);
        ConfigObject connection = ConfigObject.of(
                root.require("connection_details", "host, warehouse_id and auth"), ConfigKeys.BIRDIE_CONNECTION);
        ConfigObject source =
                ConfigObject.of(root.require("data_source", "the table to read"), ConfigKeys.BIRDIE_SOURCE);
        ConfigObject metadata =
                ConfigObject.of(root.require("metadata", "holds data_kind"), ConfigKeys.BIRDIE_METADATA);
        List<String> warnings = new ArrayList<>();
        return new BirdieDocument(
                TenantReader.host(connection),
                TenantReader.warehouse(connection.require("warehouse_id", "the id of a SQL warehouse")),
                identity(connection, secrets),
                source.text("catalog"),
                source.require("schema", "schema or database of the table").string(),
                source.require("table", "table or view to read").string(),
                partitionColumn(source, warnings),
                dataKinds(metadata.require("data_kind", "what the table holds, for example NPS")),
                warnings);
    }

    private static String partitionColumn(ConfigObject source, List<String> warnings) {
        Optional<String> column = source.text("partition_column");
        String name = column.orElse(SourceSettings.DEFAULT_PARTITION_COLUMN);
        if (name.equals(SourceSettings.DEFAULT_PARTITION_COLUMN)) {
            warnings.add(TenantReader.partitionWarning(
                    source.value(),
                    column.isPresent() ? "is '" + name + "'" : "is missing, so '" + name + "' is used",
                    false));
        }
        return name;
    }

    private static IdentitySettings identity(ConfigObject connection, SecretReader secrets) {
        ConfigObject auth =
                ConfigObject.of(connection.require("auth", "method and its credentials"), ConfigKeys.BIRDIE_AUTH);
        String method = auth.text("method").orElse("oauth");
        return switch (method) {
            case "oauth" -> oauth(auth, secrets);
            case "pat" -> pat(auth, secrets);
            default ->
                throw auth.require("method", "oauth or pat")
                        .error("'" + method + "' is not an authentication mode; use oauth (the default) or pat"
                                + Nearest.hint(method, Set.of("oauth", "pat")));
        };
    }

    private static IdentitySettings oauth(ConfigObject auth, SecretReader secrets) {
        auth.find("personal_access_token").ifPresent(token -> {
            throw token.error("'personal_access_token' belongs to method pat, and the method is oauth; remove one");
        });
        String clientId = auth.require("client_id", "method oauth needs the service principal's client id")
                .string();
        Secret secret = secrets.secret(
                auth.require("client_secret", "method oauth needs the service principal's client secret"));
        return IdentitySettings.oauthM2m(clientId, secret);
    }

    private static IdentitySettings pat(ConfigObject auth, SecretReader secrets) {
        for (String key : List.of("client_id", "client_secret")) {
            auth.find(key).ifPresent(member -> {
                throw member.error("'" + key + "' belongs to method oauth, and the method is pat; remove one");
            });
        }
        return IdentitySettings.pat(
                secrets.secret(auth.require("personal_access_token", "method pat needs the personal access token")));
    }

    private static List<String> dataKinds(JsonValue value) {
        List<String> kinds = Arrays.stream(value.string().split(","))
                .map(String::strip)
                .filter(kind -> !kind.isEmpty())
                .toList();
        if (kinds.isEmpty()) {
            throw value.error("'data_kind' names nothing; expected for example \"Support Ticket, NPS\"");
        }
        return kinds;
    }

    /** Returns the full name of the table. */
    public TableName tableName() {
        return new TableName(catalog.map(Identifier::of), Optional.of(Identifier.of(schema)), Identifier.of(table));
    }

    /** Returns a configuration with one tenant, named {@code default}, that may only read. */
    public LakeportConfig toConfig() {
        TenantDefaults defaults = TenantDefaults.standard();
        Tenant tenant = new Tenant(
                TenantId.of(TENANT),
                host,
                List.of(warehouse),
                defaults.engine(),
                catalog,
                Optional.of(schema),
                identity,
                defaults.isolation(),
                new TenantScope(catalog.map(Set::of).orElse(Set.of()), Set.of(), AccessProfile.READ),
                defaults.userAgent(),
                defaults.statementTimeout());
        SourceSettings source = new SourceSettings(tableName(), partitionColumn, false, dataKinds);
        LakeportConfig base = LakeportConfig.of(tenant);
        return new LakeportConfig(
                base.tenants(),
                Map.of(tenant.id(), source),
                base.stores(),
                base.memory(),
                base.ledger(),
                base.exports(),
                base.state(),
                base.vault(),
                base.tenancy(),
                base.pluginDirectories(),
                base.guards(),
                warnings);
    }
}
