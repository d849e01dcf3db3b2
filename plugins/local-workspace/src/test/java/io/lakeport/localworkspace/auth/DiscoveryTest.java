package io.lakeport.localworkspace.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscoveryTest {
    @Test
    void host_ofTheAccountConsole_leadsToTheAccountsEndpointsAndNamesNoWorkspace() {
        String console = "https://accounts.cloud.databricks.com";
        assertThat(Discovery.host(console).path("oidc_endpoint").asText())
                .isEqualTo(console + "/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID);
        assertThat(Discovery.host(console).has("workspace_id")).isFalse();
        String workspace = "https://acme.cloud.databricks.com";
        assertThat(Discovery.host(workspace).path("oidc_endpoint").asText()).isEqualTo(workspace + "/oidc");
        assertThat(Discovery.host(workspace).path("workspace_id").asText()).isEqualTo(WorkspaceIdentity.WORKSPACE_ID);
    }
}
