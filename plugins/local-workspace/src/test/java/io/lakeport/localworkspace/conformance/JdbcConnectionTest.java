package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Opening, using and closing a connection of the official driver. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lakeport.localworkspace.conformance.DriverClient#all")
@Proves("Connection")
class JdbcConnectionTest extends JdbcConformance {
    @Test
    void connection_opened_isValidUntilClosed() throws SQLException {
        Connection connection = connect();
        assertThat(connection.isValid(5)).isTrue();
        assertThat(connection.isClosed()).isFalse();
        connection.close();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(5)).isFalse();
    }

    @Test
    void catalogAndSchema_set_decideWhatANameMeans() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(connection.getCatalog()).isEqualTo("main");
            assertThat(connection.getSchema()).isEqualTo("default");
            connection.setCatalog("samples");
            connection.setSchema("faa");
            assertThat(one(connection, "SELECT current_catalog() || '.' || current_schema()"))
                    .isEqualTo("samples.faa");
            assertThat(Integer.parseInt(one(connection, "SELECT count(*) FROM birdstrikes")))
                    .isPositive();
        }
    }

    @Test
    void url_namingCatalogAndSchema_startsThere() throws SQLException {
        try (Connection connection = connect(";ConnCatalog=samples;ConnSchema=faa")) {
            assertThat(one(connection, "SELECT current_catalog() || '.' || current_schema()"))
                    .isEqualTo("samples.faa");
        }
    }

    @Test
    void userAgentEntry_given_isOnEveryCall() throws SQLException {
        workspace().requests().clear();
        try (Connection connection = connect(";UserAgentEntry=Acme_Widget/1.0")) {
            one(connection, "SELECT 1");
        }
        assertThat(workspace().requests().all())
                .filteredOn(request -> request.path().contains("/sql/"))
                .isNotEmpty()
                .extracting(LoggedRequest::userAgent)
                .allMatch(agent -> agent.contains("Acme_Widget/1.0"));
    }

    @Test
    void credentials_wrong_areRefused() {
        SimulatorConnection right = workspace().connection();
        SimulatorConnection wrong = new SimulatorConnection(
                right.host(),
                right.port(),
                right.httpUrl(),
                right.httpsUrl(),
                right.proxyPort(),
                right.clientId(),
                Secret.of("dose0123456789abcdef0123456789abcdef"),
                Secret.of("dapi0123456789abcdef0123456789abcdef"),
                right.warehouseId(),
                right.catalog(),
                right.schema());
        assertThatThrownBy(() -> client.connect(wrong)).isInstanceOf(SQLException.class);
    }

    @Test
    void warehouse_unknown_isRefused() {
        SimulatorConnection right = workspace().connection();
        SimulatorConnection wrong = new SimulatorConnection(
                right.host(),
                right.port(),
                right.httpUrl(),
                right.httpsUrl(),
                right.proxyPort(),
                right.clientId(),
                right.clientSecret(),
                right.token(),
                "ffffffffffffffff",
                right.catalog(),
                right.schema());
        assertThatThrownBy(() -> {
                    try (Connection connection = client.connect(wrong)) {
                        one(connection, "SELECT 1");
                    }
                })
                .isInstanceOf(SQLException.class);
    }

    @Test
    void sessionSetting_known_isKeptAndUnknownRefused() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "SET STATEMENT_TIMEOUT = 100");
            assertThatThrownBy(() -> run(connection, "SET no_such_setting = 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("CONFIG_NOT_AVAILABLE");
            assertThat(one(connection, "SELECT 2")).isEqualTo("2");
        }
    }
}
