package io.lakeport.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Isolation;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String MINIMAL = """
            {"tenants": {"acme": {
              "host": "https://dbc-a1b2.cloud.databricks.com",
              "warehouse_id": "abc123",
              "auth": {"method": "pat", "secrets": {"token": "dapi-literal"}}
            }}}
            """;

    @TempDir
    Path folder;

    private LakeportConfig parse(String text) {
        return ConfigFile.parse(
                text,
                "acme.json",
                folder,
                Map.of("ACME_SECRET", "s3cr3t", "ACME_SIGNING_KEY", "0123456789abcdef")::get);
    }

    private static String message(ThrowingCallable call) {
        LakeportException e = org.assertj.core.api.Assertions.catchThrowableOfType(LakeportException.class, call);
        assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        return e.getMessage();
    }

    @Test
    void parse_minimalDocument_hasDefaults() {
        LakeportConfig config = parse(MINIMAL);

        Tenant acme = config.tenant("acme");
        assertThat(acme.engine()).isEqualTo("sea");
        assertThat(acme.statementTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(acme.isolation()).isEqualTo(Isolation.SEPARATE_CREDENTIALS);
        assertThat(acme.scope().access()).isEqualTo(AccessProfile.READ);
        assertThat(acme.scope().objectPrefixes()).isEmpty();
        assertThat(acme.identity().secrets().get("token").reveal()).isEqualTo("dapi-literal");
        assertThat(config.memory()).isEqualTo(MemorySettings.defaults());
        assertThat(config.exports()).isEqualTo(ExportSettings.defaults());
        assertThat(config.guards()).isEqualTo(GuardSettings.defaults());
        assertThat(config.ledger().directory()).isEmpty();
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    @Tag("AK-08")
    void parse_fullDocument_mapsEveryKey() throws Exception {
        Files.writeString(folder.resolve("key.txt"), "file-secret\n");
        LakeportConfig config = parse("""
            {"$schema": "lakeport.schema.json",
             "defaults": {"engine": "jdbc", "user_agent": "Acme_Widget/2", "statement_timeout": "90s",
               "isolation": "hybrid"},
             "tenants": {"acme": {"host": "dbc-a1b2.cloud.databricks.com/", "warehouse_ids": ["w1", "w2"],
               "engine": "sea", "catalog": "main", "schema": "default",
               "auth": {"method": "oauth-m2m", "properties": {"client_id": "c1"},
                 "secrets": {"client_secret": "${env:ACME_SECRET}"}},
               "isolation": "shared_credentials",
               "scope": {"catalogs": ["main"], "object_prefixes": ["s3://lake/acme/"], "access": "write_back"},
               "user_agent": "Acme_Gadget/3.1", "statement_timeout": "PT2M",
               "source": {"table": "main.default.orders", "partition_column": "loaded_at", "append_only": true,
                 "data_kinds": ["NPS", "CSAT"]}}},
             "stores": {"lake": {"root": "s3://lake/", "properties": {"region": "eu-west-1"},
               "secrets": {"secret_key": "${file:key.txt}"}}},
             "memory": {"process": "1GiB", "statement": "32MB", "cache": "16MiB"},
             "ledger": {"provider": "jsonl", "directory": "ledger"},
             "exports": {"signing_key": "${env:ACME_SIGNING_KEY}", "engines": ["stream", "job"], "unload_from": "1GiB",
               "lanes": 3, "segment_bytes": "64MiB", "memory": "128MiB", "scratch": "scratch"},
             "plugin_directories": ["plugins"],
             "guards": {"max_concurrent": 7, "rate_per_second": {"sql": 9},
               "retry": {"max_attempts": 2, "initial_backoff": "10ms", "max_backoff": "1s", "max_retry_after": "5s",
                 "lookup": "3s"},
               "circuit": {"failure_rate_percent": 10, "window": 20, "minimum_calls": 5, "open_for": "1m"}}}
            """);

        Tenant acme = config.tenant("acme");
        assertThat(acme.host().toString()).isEqualTo("https://dbc-a1b2.cloud.databricks.com");
        assertThat(acme.warehouses()).containsExactly(WarehouseId.of("w1"), WarehouseId.of("w2"));
        assertThat(acme.engine()).isEqualTo("sea");
        assertThat(acme.catalog()).contains("main");
        assertThat(acme.schema()).contains("default");
        assertThat(acme.identity().properties()).containsExactly(Map.entry("client_id", "c1"));
        assertThat(acme.identity().secrets().get("client_secret").reveal()).isEqualTo("s3cr3t");
        assertThat(acme.isolation()).isEqualTo(Isolation.SHARED_CREDENTIALS);
        assertThat(acme.scope().catalogs()).containsExactly("main");
        assertThat(acme.scope().objectPrefixes()).containsExactly(URI.create("s3://lake/acme/"));
        assertThat(acme.scope().access()).isEqualTo(AccessProfile.WRITE_BACK);
        assertThat(acme.userAgent().toString()).isEqualTo("Acme_Gadget/3.1");
        assertThat(acme.statementTimeout()).isEqualTo(Duration.ofMinutes(2));
        SourceSettings source = config.sources().get(TenantId.of("acme"));
        assertThat(source.table().quoted()).isEqualTo("`main`.`default`.`orders`");
        assertThat(source.partitionColumn()).isEqualTo("loaded_at");
        assertThat(source.appendOnly()).isTrue();
        assertThat(source.dataKinds()).containsExactly("NPS", "CSAT");
        StoreSettings store = config.storeFor(URI.create("s3://lake/acme/x")).orElseThrow();
        assertThat(store.properties()).containsEntry("region", "eu-west-1");
        assertThat(store.secrets().get("secret_key").reveal()).isEqualTo("file-secret");
        assertThat(config.memory()).isEqualTo(new MemorySettings(1L << 30, 32_000_000, 16L << 20));
        assertThat(config.ledger().directory()).contains(folder.resolve("ledger"));
        ExportSettings exports = config.exports();
        assertThat(exports.signingKey().orElseThrow().reveal()).isEqualTo("0123456789abcdef");
        assertThat(exports.engines()).containsExactlyInAnyOrder(EngineChoice.STREAM, EngineChoice.JOB);
        assertThat(exports.unloadFrom()).isEqualTo(1L << 30);
        assertThat(exports.lanes()).contains(3);
        assertThat(exports.segmentBytes()).isEqualTo(64L << 20);
        assertThat(exports.memory()).contains(128L << 20);
        assertThat(exports.scratch()).contains(folder.resolve("scratch"));
        assertThat(EffectiveConfig.print(config)).contains("\"signing_key\"").doesNotContain("0123456789abcdef");
        assertThat(config.pluginDirectories()).containsExactly(folder.resolve("plugins"));
        assertThat(config.guards().maxConcurrent()).isEqualTo(7);
        assertThat(config.guards().ratePerSecond()).containsEntry("sql", 9);
        assertThat(config.guards().retry())
                .isEqualTo(new GuardSettings.Retry(
                        2, Duration.ofMillis(10), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(config.guards().circuit()).isEqualTo(new GuardSettings.Circuit(10, 20, 5, Duration.ofMinutes(1)));
    }

    @Test
    void parse_unknownKey_namesLineAndNearestKey() {
        String text = MINIMAL.replace("\"warehouse_id\"", "\"warehose_id\"");

        assertThat(message(() -> parse(text)))
                .contains("acme.json line 3, /tenants/acme/warehose_id")
                .contains("did you mean 'warehouse_id'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"abc123\" | 17 | /tenants/acme/warehouse_id: expected a string, found a number",
                "\"abc123\" | null | the key 'warehouse_id' is missing",
                "\"abc123\" | \"a/b\" | warehouse id 'a/b' is not legal",
                "https://dbc-a1b2.cloud.databricks.com | http://dbc.example.com | plain http is accepted for localhost",
                "https://dbc-a1b2.cloud.databricks.com | ftp://x | its scheme must be https",
                "https://dbc-a1b2.cloud.databricks.com | https://h/sql/1 | carries a path",
                "\"method\": \"pat\" | \"methd\": \"pat\" | did you mean 'method'?",
                "dapi-literal | ${env:NOT_THERE} | the environment variable 'NOT_THERE' is not set",
                "dapi-literal | ${file:nowhere.txt} | nowhere.txt does not exist",
                "dapi-literal | ${safe:x} | a reference to a secret is ${env:NAME} or ${file:path}",
                "\"acme\" | \"ACME!\" | tenant id 'ACME!' is not legal",
            })
    void parse_wrongValue_saysWhatWasExpected(String good, String bad, String expected) {
        assertThat(MINIMAL).contains(good);

        assertThat(message(() -> parse(MINIMAL.replace(good, bad))))
                .contains("acme.json line ")
                .contains(expected);
    }

    @Test
    void parse_brokenJson_namesThePlaceWithoutTheText() {
        assertThat(message(() -> parse("{\"tenants\":\n {\"a\": dapiSecret}}")))
                .contains("acme.json line 2")
                .doesNotContain("dapiSecret");
        assertThat(message(() -> parse("{\"tenants\": {}, \"tenants\": {}}"))).contains("tenants");
        assertThat(message(() -> parse(""))).contains("is empty");
        assertThat(message(() -> parse("[]"))).contains("expected an object {…}, found an array");
        assertThat(message(() -> parse("{} {}"))).contains("something follows");
    }

    @Test
    void parse_wrongTypeInPlaceOfASecret_doesNotRepeatIt() {
        String text = MINIMAL.replace("{\"token\": \"dapi-literal\"}", "\"dapi-literal\"");

        assertThat(message(() -> parse(text))).contains("expected an object").doesNotContain("dapi-literal");
    }

    @Test
    void load_fileThatIsNotThere_saysSo() {
        assertThat(message(() -> ConfigFile.load(folder.resolve("none.json")))).contains("does not exist", "--config");
        assertThat(message(() -> ConfigFile.load(folder))).contains("is a directory");
    }

    @Test
    void tenant_unknown_namesTheNearest() {
        assertThatThrownBy(() -> parse(MINIMAL).tenant("acmee"))
                .isInstanceOf(LakeportException.class)
                .hasMessage("there is no tenant 'acmee'; did you mean 'acme'? (known: acme)");
    }

    @Test
    void print_effectiveConfiguration_readsBackAndMasksSecrets() {
        String printed = EffectiveConfig.print(parse(MINIMAL));

        assertThat(printed).contains("[redacted]").doesNotContain("dapi-literal");
        LakeportConfig again = parse(printed);
        assertThat(EffectiveConfig.print(again)).isEqualTo(printed);
    }
}
