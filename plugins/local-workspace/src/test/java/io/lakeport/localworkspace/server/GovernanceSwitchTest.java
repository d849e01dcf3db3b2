package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Governance of a whole workspace: over a restart, and switched off. */
@Proves(value = "Governance", client = "Java SDK 0.141.0")
class GovernanceSwitchTest {
    private static LocalWorkspace start(Optional<Path> data, WorkspaceOptions options) {
        SimulatorSettings settings = new SimulatorSettings(0, data, Map.of());
        return LocalWorkspace.start(settings, options, DuckEngine::open);
    }

    private static String run(LocalWorkspace workspace, Principal principal, String sql) {
        String token =
                workspace.identities().addToken(principal, Duration.ofHours(1)).reveal();
        StatementResponse answer = new WorkspaceClient(new DatabricksConfig()
                        .setHost(workspace.connection().httpUrl().toString())
                        .setAuthType("pat")
                        .setToken(token))
                .statementExecution()
                .executeStatement(new ExecuteStatementRequest()
                        .setStatement(sql)
                        .setWarehouseId(workspace.connection().warehouseId()));
        return answer.getStatus().getError() == null
                ? "ok"
                : answer.getStatus().getError().getMessage();
    }

    @Test
    void grants_afterARestart_holdStill(@TempDir Path data) {
        Principal ann;
        try (LocalWorkspace first = start(Optional.of(data), WorkspaceOptions.defaults())) {
            ann = first.identities().addUser("ann@example.com");
            assertThat(run(first, first.principal(), "CREATE TABLE main.default.t AS SELECT 1 AS a"))
                    .isEqualTo("ok");
            assertThat(run(first, ann, "SELECT * FROM main.default.t")).contains("USE CATALOG on Catalog 'main'");
            assertThat(run(
                            first,
                            first.principal(),
                            "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG main TO `Ann@Example.com`"))
                    .isEqualTo("ok");
        }
        try (LocalWorkspace second = start(Optional.of(data), WorkspaceOptions.defaults())) {
            assertThat(run(second, second.principal(), "ALTER TABLE main.default.t ADD COLUMNS (b INT)"))
                    .isEqualTo("ok");
            assertThat(run(second, ann, "SELECT * FROM main.default.t")).isEqualTo("ok");
            assertThat(run(second, ann, "DROP TABLE main.default.t")).contains("MANAGE on Table 'main.default.t'");
        }
    }

    @Test
    void enforcement_switchedOff_letsEverybodyDoEverything() {
        try (LocalWorkspace open =
                start(Optional.empty(), WorkspaceOptions.defaults().withEnforceGovernance(false))) {
            Principal ann = open.identities().addUser("ann@example.com");
            assertThat(run(open, open.principal(), "CREATE TABLE main.default.t AS SELECT 1 AS a"))
                    .isEqualTo("ok");
            assertThat(run(open, ann, "INSERT INTO main.default.t VALUES (2)")).isEqualTo("ok");
            assertThat(run(open, ann, "GRANT SELECT ON TABLE main.default.t TO `ann@example.com`"))
                    .isEqualTo("ok");
            assertThat(run(open, ann, "DROP TABLE main.default.t")).isEqualTo("ok");
        }
    }
}
