package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.catalog.CreateCatalog;
import com.databricks.sdk.service.catalog.CreateSchema;
import com.databricks.sdk.service.catalog.PermissionsChange;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.UpdatePermissions;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A workspace, the owner of its metastore and somebody else, each by the official SDK. */
abstract class UnitySdk {
    static final AtomicInteger NAMES = new AtomicInteger();
    static LocalWorkspace workspace;
    static WorkspaceClient admin;
    static WorkspaceClient other;
    static Principal otherPrincipal;
    static String otherName;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        SimulatorConnection c = workspace.connection();
        admin = client(c.token().reveal());
        Principal principal = workspace.identities().addServicePrincipal("other");
        otherPrincipal = principal;
        otherName = principal.applicationId();
        other = client(
                workspace.identities().addToken(principal, Duration.ofHours(1)).reveal());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    static WorkspaceClient client(String token) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(workspace.connection().httpUrl().toString())
                .setAuthType("pat")
                .setToken(token));
    }

    static StatementResponse sql(WorkspaceClient client, String statement) {
        return client.statementExecution()
                .executeStatement(new ExecuteStatementRequest()
                        .setStatement(statement)
                        .setWarehouseId(workspace.connection().warehouseId()));
    }

    static void run(String... statements) {
        for (String statement : statements) {
            StatementResponse answer = sql(admin, statement);
            assertThat(answer.getStatus().getState())
                    .as(statement + ": " + answer.getStatus().getError())
                    .isEqualTo(StatementState.SUCCEEDED);
        }
    }

    /** Creates a catalog with a schema {@code s} and a table {@code t}; returns its name. */
    static String catalog() {
        String name = "cat" + NAMES.incrementAndGet();
        admin.catalogs().create(new CreateCatalog().setName(name).setComment("for 'tests'"));
        admin.schemas().create(new CreateSchema().setCatalogName(name).setName("s"));
        run("CREATE TABLE " + name + ".s.t (id INT NOT NULL COMMENT 'the id', price DECIMAL(10,2), tags"
                + " ARRAY<STRING>, CONSTRAINT pk PRIMARY KEY (id)) COMMENT 'things'");
        return name;
    }

    static void grant(String type, String name, Privilege... privileges) {
        admin.grants()
                .update(new UpdatePermissions()
                        .setSecurableType(type)
                        .setFullName(name)
                        .setChanges(List.of(
                                new PermissionsChange().setPrincipal(otherName).setAdd(List.of(privileges)))));
    }

    static <T> List<T> all(Iterable<T> items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    static String message(StatementResponse answer) {
        return answer.getStatus().getError().getMessage();
    }
}
