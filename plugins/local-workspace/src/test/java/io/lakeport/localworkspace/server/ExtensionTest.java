package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.testkit.workspace.WorkspaceTenant;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension that third parties write on their test classes, with the real workspace behind it. */
@io.lakeport.testkit.workspace.LocalWorkspace(governance = false)
class ExtensionTest {
    @Test
    void connection_asParameter_isOpenAndQueries(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM samples.faa.birdstrikes")) {
            rows.next();
            assertThat(rows.getLong(1)).isPositive();
        }
    }

    @Test
    void dataSource_asParameter_opensMoreConnections(DataSource source) throws SQLException {
        try (Connection one = source.getConnection();
                Connection two = source.getConnection()) {
            assertThat(one).isNotSameAs(two);
        }
        assertThatThrownBy(() -> source.getConnection("a", "b")).isInstanceOf(SQLException.class);
    }

    @Test
    void tenant_asParameter_namesTheWorkspaceAndHidesItsSecret(
            WorkspaceTenant tenant, SimulatorConnection connection, @TempDir Path folder) throws Exception {
        assertThat(tenant.writeTo(folder))
                .content()
                .contains(connection.httpUrl().toString(), "oauth-m2m");
        assertThat(tenant.toString()).doesNotContain(connection.clientSecret().reveal());
    }

    @Nested
    class WithinAnotherClass {
        @Test
        void workspace_inNestedClass_isTheSame(WorkspaceSimulator inner, Connection connection) throws SQLException {
            assertThat(inner.failure()).isEmpty();
            assertThat(connection.isValid(5)).isTrue();
        }
    }
}
