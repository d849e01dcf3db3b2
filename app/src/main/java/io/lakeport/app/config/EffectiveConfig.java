package io.lakeport.app.config;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.WarehouseId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints configurations: everything that holds, defaults included, with secrets masked. */
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /** Returns the configuration as JSON text in the form in which it is read, with masked secrets. */
    public static String print(LakeportConfig config) {
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, Object> tenants = new LinkedHashMap<>();
        config.tenants().forEach((id, tenant) -> tenants.put(id.value(), tenant(config, tenant)));
        root.put("tenants", tenants);
        Map<String, Object> stores = new LinkedHashMap<>();
        config.stores().forEach((name, store) -> stores.put(name, store(store)));
        root.put("stores", stores);
        root.put(
                "memory",
                Map.of(
                        "process", Long.toString(config.memory().process()),
                        "statement", Long.toString(config.memory().statement()),
                        "cache", Long.toString(config.memory().cache())));
        Map<String, Object> ledger = new LinkedHashMap<>();
        ledger.put("provider", config.ledger().provider());
        config.ledger().directory().ifPresent(path -> ledger.put("directory", path.toString()));
        root.put("ledger", ledger);
        root.put("exports", exports(config.exports()));
        root.put("state", state(config.state()));
        config.vault().ifPresent(vault -> root.put("vault", vault(vault)));
        root.put("tenancy", tenancy(config.tenancy()));
        root.put("plugin_directories", config.pluginDirectories());
        root.put("guards", guards(config.guards()));
        return JsonText.pretty(root);
    }

    private static Map<String, Object> state(StateSettings state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", state.provider());
        json.put("properties", new TreeMap<>(state.properties()));
        json.put("secrets", masked(state.secrets()));
        return json;
    }

    private static Map<String, Object> vault(VaultSettings vault) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("keys", vault.keys());
        json.put("properties", new TreeMap<>(vault.properties()));
        json.put("secrets", masked(vault.secrets()));
        return json;
    }

    private static Map<String, Object> tenancy(TenancySettings tenancy) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("refresh", tenancy.refresh());
        json.put("most_active", tenancy.mostActive());
        json.put("idle", tenancy.idle());
        json.put("principal_reuse", lower(tenancy.principalReuse()));
        tenancy.proofKey().ifPresent(key -> json.put("proof_key", key.toString()));
        return json;
    }

    static Map<String, Object> tenant(LakeportConfig config, Tenant tenant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("host", tenant.host().toString());
        json.put(
                "warehouse_ids",
                tenant.warehouses().stream().map(WarehouseId::value).toList());
        json.put("engine", tenant.engine());
        tenant.catalog().ifPresent(name -> json.put("catalog", name));
        tenant.schema().ifPresent(name -> json.put("schema", name));
        json.put("auth", auth(tenant.identity()));
        json.put("isolation", lower(tenant.isolation()));
        json.put("scope", scope(tenant.scope()));
        json.put("user_agent", tenant.userAgent().toString());
        json.put("statement_timeout", tenant.statementTimeout().toString());
        json.putAll(PolicyText.members(tenant.policy()));
        SourceSettings source = config.sources().get(tenant.id());
        if (source != null) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("table", source.table().quoted());
            part.put("partition_column", source.partitionColumn());
            part.put("append_only", source.appendOnly());
            part.put("data_kinds", source.dataKinds());
            json.put("source", part);
        }
        return json;
    }

    private static Map<String, Object> auth(IdentitySettings identity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", identity.method());
        json.put("credentials", lower(identity.credentials()));
        json.put("properties", new TreeMap<>(identity.properties()));
        Map<String, String> secrets = new TreeMap<>(masked(identity.secrets()));
        identity.sealed().forEach((name, kept) -> secrets.put(name, "${vault:" + kept + "}"));
        json.put("secrets", secrets);
        return json;
    }

    private static Map<String, Object> scope(TenantScope scope) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("catalogs", scope.catalogs().stream().sorted().toList());
        json.put("schemas", scope.schemas().stream().sorted().toList());
        json.put("object_prefixes", scope.objectPrefixes().stream().sorted().toList());
        json.put("access", lower(scope.access()));
        return json;
    }

    private static Map<String, Object> store(StoreSettings store) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("root", store.root().toString());
        json.put("properties", new TreeMap<>(store.properties()));
        json.put("secrets", masked(store.secrets()));
        return json;
    }

    private static Map<String, Object> exports(ExportSettings exports) {
        Map<String, Object> json = new LinkedHashMap<>();
        exports.signingKey().ifPresent(key -> json.put("signing_key", key.toString()));
        json.put(
                "engines",
                exports.engines().stream().map(EngineChoice::text).sorted().toList());
        json.put("unload_from", Long.toString(exports.unloadFrom()));
        exports.lanes().ifPresent(lanes -> json.put("lanes", lanes));
        json.put("segment_bytes", Long.toString(exports.segmentBytes()));
        exports.memory().ifPresent(memory -> json.put("memory", Long.toString(memory)));
        json.put("scratch", exports.scratch().map(Object::toString).orElse("off"));
        json.put("residency", exports.residency().text());
        return json;
    }

    private static Map<String, Object> guards(GuardSettings guards) {
        Map<String, Object> retry = new LinkedHashMap<>();
        retry.put("max_attempts", guards.retry().maxAttempts());
        retry.put("initial_backoff", guards.retry().initialBackoff());
        retry.put("max_backoff", guards.retry().maxBackoff());
        retry.put("max_retry_after", guards.retry().maxRetryAfter());
        retry.put("lookup", guards.retry().lookup());
        Map<String, Object> circuit = new LinkedHashMap<>();
        circuit.put("failure_rate_percent", guards.circuit().failureRatePercent());
        circuit.put("window", guards.circuit().window());
        circuit.put("minimum_calls", guards.circuit().minimumCalls());
        circuit.put("open_for", guards.circuit().openFor());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("max_concurrent", guards.maxConcurrent());
        json.put("rate_per_second", new TreeMap<>(guards.ratePerSecond()));
        json.put("retry", retry);
        json.put("circuit", circuit);
        return json;
    }

    private static Map<String, String> masked(Map<String, Secret> secrets) {
        Map<String, String> masked = new TreeMap<>();
        secrets.forEach((name, secret) -> masked.put(name, secret.toString()));
        return masked;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns Birdie's document without its secrets: in their place stand references to environment variables, so that
     * it can be read back where those are set.
     */
    public static String exportBirdie(BirdieDocument document) {
        Map<String, Object> auth = new LinkedHashMap<>();
        boolean pat = document.identity().method().equals("pat");
        auth.put("method", pat ? "pat" : "oauth");
        if (pat) {
            auth.put("personal_access_token", "${env:DATABRICKS_TOKEN}");
        } else {
            auth.put("client_id", document.identity().properties().getOrDefault("client_id", ""));
            auth.put("client_secret", "${env:DATABRICKS_CLIENT_SECRET}");
        }
        Map<String, Object> connection = new LinkedHashMap<>();
        connection.put("host", document.host().toString());
        connection.put("warehouse_id", document.warehouse().value());
        connection.put("auth", auth);
        Map<String, Object> source = new LinkedHashMap<>();
        document.catalog().ifPresent(name -> source.put("catalog", name));
        source.put("schema", document.schema());
        source.put("table", document.table());
        source.put("partition_column", document.partitionColumn());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("connection_details", connection);
        root.put("data_source", source);
        root.put("metadata", Map.of("data_kind", String.join(", ", document.dataKinds())));
        return JsonText.pretty(root);
    }
}
