package io.lakeport.core.auth.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AA-39")
class DatabricksProfilesTest {
    private static final String CANARY = "dapi0canary0canary0canary";

    @TempDir
    Path folder;

    @Test
    void read_everyKindOfProfile_isImportedOrNamesItsObstacle() throws IOException {
        Map<String, DatabricksProfile> profiles = read("""
                \uFEFF; written by hand
                [DEFAULT]
                host  = https://dbc-a1b2.cloud.databricks.com/?o=123
                token = %1$s

                [__settings__]
                default_profile = DEFAULT

                [m2m] # the robot
                Host: dbc-a1b2.cloud.databricks.com
                CLIENT_ID = 11111111-2222-4333-8444-555555555555
                client_secret = dose=with=equals
                http_path = /sql/1.0/warehouses/abc123
                [azure]
                host = https://adb-1.2.azuredatabricks.net
                azure_client_id = a
                azure_client_secret = %1$s
                azure_tenant_id = t
                [msi]
                host = https://adb-1.2.azuredatabricks.net
                azure_use_msi = true
                [ci]
                host = https://dbc-a1b2.cloud.databricks.com
                auth_type = env-oidc
                client_id = c
                oidc_token_env = CI_TOKEN
                [browser]
                host = https://dbc-a1b2.cloud.databricks.com
                auth_type = databricks-cli
                [strange]
                host = https://dbc-a1b2.cloud.databricks.com
                auth_type = carrier-pigeon
                [both]
                host = https://dbc-a1b2.cloud.databricks.com
                token = %1$s
                client_id = c
                client_secret = s
                [account]
                host = https://accounts.cloud.databricks.com
                token = %1$s
                [empty]
                host = https://dbc-a1b2.cloud.databricks.com
                token =
                """.formatted(CANARY));

        assertThat(profiles.keySet())
                .containsExactlyInAnyOrder(
                        "DEFAULT", "m2m", "azure", "msi", "ci", "browser", "strange", "both", "account", "empty");
        assertThat(identity(profiles, "DEFAULT").secrets().get("token").reveal())
                .isEqualTo(CANARY);
        assertThat(profiles.get("DEFAULT").host().orElseThrow()).hasToString("https://dbc-a1b2.cloud.databricks.com");
        assertThat(identity(profiles, "m2m").properties())
                .containsOnly(Map.entry("client_id", "11111111-2222-4333-8444-555555555555"));
        assertThat(identity(profiles, "m2m").secrets().get("client_secret").reveal())
                .isEqualTo("dose=with=equals");
        assertThat(profiles.get("m2m").warehouse()).contains("abc123");
        assertThat(identity(profiles, "azure").method()).isEqualTo("azure-client-secret");
        assertThat(identity(profiles, "msi").secrets()).isEmpty();
        assertThat(identity(profiles, "ci").secrets().get("id_token").reveal()).isEqualTo("${env:CI_TOKEN}");
        assertThat(obstacle(profiles, "browser")).contains("oauth-u2m");
        assertThat(obstacle(profiles, "strange")).contains("'carrier-pigeon' is not known");
        assertThat(obstacle(profiles, "both")).contains("pat, oauth-m2m").contains("auth_type");
        assertThat(obstacle(profiles, "account")).contains("account console");
        assertThat(obstacle(profiles, "empty")).as("DEFAULT is not inherited").contains("no credential");
        assertThat(profiles.toString()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token = %s",
                "[a\ntoken = %s",
                "[a]\ntoken %s",
                "[a]\ntoken = x\ntoken = %s",
                "[a]\ntoken = x\n[a]\ntoken = %s",
                "[]\ntoken = %s"
            })
    void read_notIni_namesTheLineAndQuotesNothing(String text) {
        LakeportException refused = catchThrowableOfType(LakeportException.class, () -> read(text.formatted(CANARY)));

        assertThat(refused).hasMessageContaining("line ").hasMessageContaining("databrickscfg");
        assertThat(refused.getMessage()).doesNotContain(CANARY);
    }

    @Test
    void read_missingFileBinaryOrUnknownProfile_isToldApart() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(fails(binary)).hasMessageContaining("UTF-8");
        assertThat(fails(folder.resolve("nowhere"))).hasMessageContaining("no such file");
        Path file = Files.writeString(folder.resolve("cfg"), "[prod]\nhost=https://x.cloud.databricks.com\ntoken=t\n");
        assertThat(catchThrowableOfType(LakeportException.class, () -> DatabricksProfiles.read(file, "prd")))
                .hasMessageContaining("did you mean 'prod'?");
    }

    private static LakeportException fails(Path file) {
        return catchThrowableOfType(LakeportException.class, () -> DatabricksProfiles.read(file));
    }

    private Map<String, DatabricksProfile> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(".databrickscfg"), text, StandardCharsets.UTF_8);
        return DatabricksProfiles.read(file).stream()
                .collect(Collectors.toMap(DatabricksProfile::name, Function.identity()));
    }

    private static IdentitySettings identity(Map<String, DatabricksProfile> profiles, String name) {
        return profiles.get(name).identity().orElseThrow();
    }

    private static String obstacle(Map<String, DatabricksProfile> profiles, String name) {
        return profiles.get(name).obstacle().orElseThrow();
    }
}
