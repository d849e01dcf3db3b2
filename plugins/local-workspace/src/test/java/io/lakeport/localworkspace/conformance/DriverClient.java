package io.lakeport.localworkspace.conformance;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The official JDBC driver in one version, protocol and way of signing in, in a class loader of its own.
 *
 * @param version as Maven Central names it
 * @param thrift Thrift over HTTP, or else the Statement Execution API (SEA)
 * @param oauth OAuth M2M over TLS through the CONNECT port, or else a personal access token over plain HTTP
 */
record DriverClient(String version, boolean thrift, boolean oauth) {
    static final List<String> VERSIONS = List.of("3.4.5", "3.0.3");
    private static final Map<String, Driver> DRIVERS = new ConcurrentHashMap<>();

    /** Returns every version in both protocols and both ways of signing in. */
    static Stream<DriverClient> all() {
        return VERSIONS.stream()
                .flatMap(version -> Stream.of(false, true)
                        .flatMap(thrift ->
                                Stream.of(false, true).map(oauth -> new DriverClient(version, thrift, oauth))));
    }

    /** Returns every version in both protocols, signed in by token: the way of signing in changes no result. */
    static Stream<DriverClient> withToken() {
        return all().filter(client -> !client.oauth());
    }

    /** Whether this is the first open-source release, whose own quirks later ones mended. */
    boolean isOld() {
        return version.startsWith("3.0.");
    }

    Connection connect(SimulatorConnection to) throws SQLException {
        return connect(to, "");
    }

    /** Connects; {@code more} are further URL parameters, each with a leading semicolon. */
    Connection connect(SimulatorConnection to, String more) throws SQLException {
        String url = url(to) + more;
        Connection connection = driver().connect(url, new Properties());
        if (connection == null) {
            throw new SQLException("the driver " + version + " does not take its own URL");
        }
        return connection;
    }

    private String url(SimulatorConnection to) {
        String common = ";httpPath=" + to.httpPath() + ";UseThriftClient=" + (thrift ? 1 : 0) + ";EnableTelemetry=0";
        if (!oauth) {
            return "jdbc:databricks://localhost:" + to.port() + "/default;ssl=0;AuthMech=3;UID=token;PWD="
                    + to.token().reveal() + common + ";UseBoundedSeaApi=0;EnableThriftNativeMetadata=0";
        }
        String port = String.valueOf(to.proxyPort());
        return "jdbc:databricks://acme.cloud.databricks.com/default;AuthMech=11;Auth_Flow=1;OAuth2ClientId="
                + to.clientId() + ";OAuth2Secret=" + to.clientSecret().reveal() + common
                + ";AllowSelfSignedCerts=1;UseProxy=1;ProxyHost=127.0.0.1;ProxyPort=" + port
                + ";UseCFProxy=1;CFProxyHost=127.0.0.1;CFProxyPort=" + port;
    }

    private Driver driver() {
        return DRIVERS.computeIfAbsent(version, DriverClient::load);
    }

    private static Driver load(String version) {
        Path jar = Path.of(System.getProperty("lakeport.drivers", "target/drivers"))
                .resolve("databricks-jdbc-" + version + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new UncheckedIOException(new IOException(
                    jar.toAbsolutePath() + " is missing; mvn -pl plugins/local-workspace -am test fetches it"));
        }
        try {
            URL[] urls = {jar.toUri().toURL()};
            // Left open: what the driver has started lives as long as this JVM.
            URLClassLoader loader =
                    new URLClassLoader("databricks-jdbc-" + version, urls, ClassLoader.getPlatformClassLoader());
            return ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "JDBC " + version + (thrift ? " Thrift" : " SEA") + (oauth ? " M2M" : " PAT");
    }
}
