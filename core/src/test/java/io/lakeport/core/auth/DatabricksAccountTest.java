package io.lakeport.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.tenant.WorkspaceHost;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabricksAccountTest {
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "https://dbc-a1b2.cloud.databricks.com,https://accounts.cloud.databricks.com",
        "https://adb-1.2.azuredatabricks.net,https://accounts.azuredatabricks.net",
        "https://1.2.gcp.databricks.com,https://accounts.gcp.databricks.com",
        "https://DBC-A1B2.Cloud.Databricks.com,https://accounts.cloud.databricks.com",
        "https://x.cloud.databricks.us,https://accounts.cloud.databricks.us"
    })
    @Tag("DK-22")
    @Tag("DK-23")
    void endpoints_ofEachCloud_followTheTemplateOfTheDocumentation(String workspace, String console) {
        URI host = DatabricksAccount.consoleOf(WorkspaceHost.parse(workspace)).orElseThrow();

        DatabricksAccount account = new DatabricksAccount(host, ID);

        assertThat(account.tokenEndpoint()).hasToString(console + "/oidc/accounts/" + ID + "/v1/token");
        assertThat(account.authorizeEndpoint()).hasToString(console + "/oidc/accounts/" + ID + "/v1/authorize");
    }

    @Test
    void consoleOf_hostOfNoKnownCloud_isNotGuessed() {
        assertThat(DatabricksAccount.consoleOf(WorkspaceHost.parse("https://lake.acme.example")))
                .isEmpty();
        assertThat(DatabricksAccount.consoleOf(WorkspaceHost.parse("https://evilcloud.databricks.com.example")))
                .isEmpty();
    }

    @Test
    void account_hostOrIdThatCannotBe_isRefused() {
        URI console = URI.create("https://accounts.cloud.databricks.com");
        assertThatThrownBy(() -> new DatabricksAccount(console, "acme")).hasMessageContaining("not a UUID");
        assertThatThrownBy(() -> new DatabricksAccount(URI.create("http://accounts.cloud.databricks.com"), ID))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> new DatabricksAccount(URI.create(console + "/login"), ID))
                .hasMessageContaining("https and a host");
    }
}
