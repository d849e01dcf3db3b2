package io.lakeport.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
    private static Map<String, JsonValue> schema(String text) {
        return JsonDocument.parse(text, "schema").object();
    }

    private static Set<String> keys(JsonValue definition) {
        return definition.object().get("properties").object().keySet();
    }

    @Test
    void lakeport_schema_namesTheKeysThatAreRead() {
        Map<String, JsonValue> root = schema(ConfigSchema.lakeport());
        Map<String, JsonValue> definitions = root.get("$defs").object();
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        expected.put("defaults", ConfigKeys.DEFAULTS);
        expected.put("tenant", ConfigKeys.TENANT);
        expected.put("auth", ConfigKeys.AUTH);
        expected.put("scope", ConfigKeys.SCOPE);
        expected.put("source", ConfigKeys.SOURCE);
        expected.put("store", ConfigKeys.STORE);
        expected.put("memory", ConfigKeys.MEMORY);
        expected.put("ledger", ConfigKeys.LEDGER);
        expected.put("exports", ConfigKeys.EXPORTS);
        expected.put("state", ConfigKeys.STATE);
        expected.put("vault", ConfigKeys.VAULT);
        expected.put("tenancy", ConfigKeys.TENANCY);
        expected.put("budget", ConfigKeys.BUDGET);
        expected.put("retention", ConfigKeys.RETENTION);
        expected.put("guards", ConfigKeys.GUARDS);
        expected.put("retry", ConfigKeys.RETRY);
        expected.put("circuit", ConfigKeys.CIRCUIT);

        assertThat(root.get("properties").object().keySet()).isEqualTo(ConfigKeys.ROOT);
        expected.forEach(
                (name, keys) -> assertThat(keys(definitions.get(name))).as(name).isEqualTo(keys));
    }

    @Test
    @Tag("BI-27")
    void birdie_schema_namesTheKeysThatAreRead() {
        Map<String, JsonValue> root = schema(ConfigSchema.birdie());
        Map<String, JsonValue> definitions = root.get("$defs").object();

        assertThat(root.get("properties").object().keySet()).isEqualTo(ConfigKeys.BIRDIE);
        assertThat(keys(definitions.get("connection_details"))).isEqualTo(ConfigKeys.BIRDIE_CONNECTION);
        assertThat(keys(definitions.get("auth"))).isEqualTo(ConfigKeys.BIRDIE_AUTH);
        assertThat(keys(definitions.get("data_source"))).isEqualTo(ConfigKeys.BIRDIE_SOURCE);
        assertThat(keys(definitions.get("metadata"))).isEqualTo(ConfigKeys.BIRDIE_METADATA);
    }

    @Test
    void records_haveTheKeysAsComponents() {
        Map<Class<?>, Set<String>> records = Map.of(
                TenantDefaults.class, ConfigKeys.DEFAULTS,
                SourceSettings.class, ConfigKeys.SOURCE,
                StoreSettings.class, ConfigKeys.STORE,
                MemorySettings.class, ConfigKeys.MEMORY,
                LedgerSettings.class, ConfigKeys.LEDGER,
                GuardSettings.class, ConfigKeys.GUARDS,
                GuardSettings.Retry.class, ConfigKeys.RETRY,
                GuardSettings.Circuit.class, ConfigKeys.CIRCUIT,
                io.lakeport.core.tenant.TenantScope.class, ConfigKeys.SCOPE);

        // What the vault keeps stands among 'secrets' in a document, as ${vault:NAME}.
        Set<String> auth = new TreeSet<>(ConfigKeys.AUTH);
        auth.add("sealed");
        assertThat(components(io.lakeport.core.auth.IdentitySettings.class)).isEqualTo(auth);
        assertThat(components(ExportSettings.class)).isEqualTo(new TreeSet<>(ConfigKeys.EXPORTS));
        records.forEach(
                (type, keys) -> assertThat(components(type)).as(type.getName()).isEqualTo(new TreeSet<>(keys)));
    }

    private static Set<String> components(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
                .forEach(names::add);
        return names;
    }
}
