package io.lakeport.testkit.workspace;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections to a workspace by whichever driver takes {@code jdbc:databricks:} URLs. */
final class WorkspaceDataSource implements DataSource {
    private final String url;
    private final Secret token;

    WorkspaceDataSource(SimulatorConnection workspace) {
        token = workspace.token();
        // The last three parameters keep the driver from calling port 443, where nothing of ours listens.
        url = "jdbc:databricks://" + workspace.host() + ":" + workspace.port() + "/" + workspace.schema()
                + ";ssl=0;AuthMech=3;httpPath=" + workspace.httpPath()
                + ";UseThriftClient=0;EnableTelemetry=0;UseBoundedSeaApi=0"
                + ";EnableThriftNativeMetadata=0";
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return DriverManager.getConnection(url, credentials());
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).contains("No suitable driver")) {
                throw new SQLException(
                        "No driver takes jdbc:databricks URLs; add com.databricks:databricks-jdbc to the class path of"
                                + " the tests.",
                        e.getSQLState());
            }
            throw e;
        }
    }

    /** Handed over beside the URL, which drivers and pools print. */
    private Properties credentials() {
        Properties credentials = new Properties();
        credentials.setProperty("UID", "token");
        credentials.setProperty("PWD", token.reveal());
        return credentials;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "this data source signs in with the workspace's own token; call getConnection()");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("this data source writes no log");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("use DriverManager.setLoginTimeout");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this data source does not log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("this data source is no " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
