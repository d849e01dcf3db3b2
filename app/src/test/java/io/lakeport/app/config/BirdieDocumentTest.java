package io.lakeport.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirdieDocumentTest {
    private static final String OAUTH = """
            {
              "connection_details": {
                "host": "https://dbc-xxxx.cloud.databricks.com",
                "warehouse_id": "a1b2c3d4e5f6g7h8",
                "auth": {
                  "method": "oauth",
                  "client_id": "your-service-principal-client-id",
                  "client_secret": "your-service-principal-client-secret"
                }
              },
              "data_source": {
                "catalog": "main",
                "schema": "default",
                "table": "birdie_export_table",
                "partition_column": "loaded_at"
              },
              "metadata": {
                "data_kind": "Support Ticket, NPS, Account"
              }
            }
            """;
    private static final String PAT = OAUTH.replace("\"method\": \"oauth\"", "\"method\": \"pat\"")
            .replaceAll("\"client_id\": .*\n", "")
            .replaceAll("\"client_secret\": \".*\"", "\"personal_access_token\": \"your-personal-access-token\"");

    private static LakeportConfig parse(String text) {
        return ConfigFile.parse(text, "birdie.json", Path.of("."), Map.of("DATABRICKS_CLIENT_SECRET", "x")::get);
    }

    @Test
    @Tag("BI-23")
    @Tag("BI-26")
    void parse_oauthDocument_isOneTenantNamedDefault() {
        LakeportConfig config = parse(OAUTH);

        Tenant tenant = config.tenant("default");
        assertThat(config.tenants()).hasSize(1);
        assertThat(tenant.host().toString()).isEqualTo("https://dbc-xxxx.cloud.databricks.com");
        assertThat(tenant.defaultWarehouse().value()).isEqualTo("a1b2c3d4e5f6g7h8");
        assertThat(tenant.identity().method()).isEqualTo("oauth-m2m");
        assertThat(tenant.identity().properties()).containsEntry("client_id", "your-service-principal-client-id");
        assertThat(tenant.catalog()).contains("main");
        assertThat(tenant.scope().catalogs()).containsExactly("main");
        SourceSettings source = config.sources().get(TenantId.of("default"));
        assertThat(source.table().quoted()).isEqualTo("`main`.`default`.`birdie_export_table`");
        assertThat(source.partitionColumn()).isEqualTo("loaded_at");
        assertThat(source.dataKinds()).containsExactly("Support Ticket", "NPS", "Account");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    @Tag("BI-23")
    void parse_patDocument_signsInWithTheToken() {
        Tenant tenant = parse(PAT).tenant("default");

        assertThat(tenant.identity().method()).isEqualTo("pat");
        assertThat(tenant.identity().secrets().get("token").reveal()).isEqualTo("your-personal-access-token");
    }

    @Test
    @Tag("BI-24")
    void parse_withoutMethodOrCatalog_isOauthOnHive() {
        Tenant tenant = parse(OAUTH.replace("\"method\": \"oauth\",", "").replace("\"catalog\": \"main\",", ""))
                .tenant("default");

        assertThat(tenant.identity().method()).isEqualTo("oauth-m2m");
        assertThat(tenant.catalog()).isEmpty();
    }

    @ParameterizedTest
    @Tag("BI-24")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"client_secret\" | \"personal_access_token\" | 'personal_access_token' belongs to method pat",
                "\"method\": \"oauth\" | \"method\": \"pat\" | 'client_id' belongs to method oauth",
                "\"method\": \"oauth\" | \"method\": \"oauht\" | did you mean 'oauth'?",
                "\"client_id\": \"your-service-principal-client-id\", | ^^ | method oauth needs the service principal's client id",
                "\"schema\": \"default\", | ^^ | the key 'schema' is missing",
                "\"data_kind\" | \"data_kinds\" | did you mean 'data_kind'?",
                "Support Ticket, NPS, Account | , | 'data_kind' names nothing",
            })
    void parse_conditionNotMet_saysWhich(String good, String bad, String expected) {
        assertThat(OAUTH).contains(good);

        assertThatThrownBy(() -> parse(OAUTH.replace(good, bad)))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("birdie.json line ")
                .hasMessageContaining(expected)
                .hasMessageNotContaining("your-service-principal-client-secret");
    }

    @Test
    @Tag("BI-25")
    void parse_defaultPartitionColumn_isAppliedAndWarnedAbout() {
        LakeportConfig missing = parse(OAUTH.replace("\"table\": \"birdie_export_table\",", "\"table\": \"t\"")
                .replace("\"partition_column\": \"loaded_at\"", ""));
        LakeportConfig named = parse(OAUTH.replace("loaded_at", "created_at"));

        assertThat(missing.sources().get(TenantId.of("default")).partitionColumn())
                .isEqualTo("created_at");
        assertThat(missing.warnings()).singleElement().asString().contains("is missing", "loaded_at or updated_at");
        assertThat(named.warnings()).singleElement().asString().contains("is 'created_at'", "changed later");
    }

    @Test
    @Tag("BI-27")
    void export_holdsNoSecretAndReadsBack() {
        BirdieDocument document = BirdieDocument.read(
                JsonDocument.parse(OAUTH, "birdie.json"), new SecretReader(Path.of("."), name -> null));

        String exported = EffectiveConfig.exportBirdie(document);

        assertThat(exported).doesNotContain("your-service-principal-client-secret");
        LakeportConfig again = parse(exported);
        assertThat(again.tenant("default")
                        .identity()
                        .secrets()
                        .get("client_secret")
                        .reveal())
                .isEqualTo("x");
        assertThat(again.sources()).isEqualTo(parse(OAUTH).sources());
    }
}
