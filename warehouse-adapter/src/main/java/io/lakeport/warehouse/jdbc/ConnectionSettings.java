package io.lakeport.warehouse.jdbc;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * How the driver is told what to do. Everything that it would otherwise decide by a flag of the server or by the
 * process is said here, so that one request behaves the same everywhere. The token is a property, never in the URL.
 */
final class ConnectionSettings {
    /** Client info under which a token is replaced on an open connection. */
    static final String TOKEN = "Auth_AccessToken";

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private ConnectionSettings() {}

    static String url(WarehouseContext context) {
        URI host = context.tenant().host().uri();
        if (host.getHost().startsWith("[")) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "the JDBC driver cannot reach the IPv6 address " + host.getHost()
                            + "; give a host name, or use engine 'sea'");
        }
        int port = host.getPort() >= 0 ? host.getPort() : isTls(host) ? HTTPS : HTTP;
        return "jdbc:databricks://" + host.getHost() + ":" + port;
    }

    private static boolean isTls(URI host) {
        return "https".equals(host.getScheme());
    }

    static Properties properties(WarehouseContext context, StatementRequest request, AccessToken token) {
        Tenant tenant = context.tenant();
        Properties all = new Properties();
        all.setProperty("httpPath", "/sql/1.0/warehouses/" + context.warehouse());
        all.setProperty("ssl", isTls(tenant.host().uri()) ? "1" : "0");
        all.setProperty("AuthMech", "11");
        all.setProperty("Auth_Flow", "0");
        all.setProperty(TOKEN, token.value().reveal());
        // Lakeport exchanges tokens itself; the driver would refuse one that is not a JWT.
        all.setProperty("EnableTokenFederation", "0");
        if (tenant.userAgent().embedded().isEmpty()) {
            // With a partner's entry it would be mangled; the copy of the driver knows both.
            all.setProperty("UserAgentEntry", tenant.userAgent().toString());
        }
        name(request.catalog(), tenant.catalog()).ifPresent(name -> all.setProperty("ConnCatalog", name));
        name(request.schema(), tenant.schema()).ifPresent(name -> all.setProperty("ConnSchema", name));
        all.setProperty(
                "QUERY_TAGS",
                ("lakeport_tag:" + request.tag() + ",lakeport_purpose:" + request.purpose()).toLowerCase(Locale.ROOT));
        // Should this process die, the server ends the statement by itself.
        all.setProperty(
                "STATEMENT_TIMEOUT",
                String.valueOf(request.deadline().remaining().toSeconds() + 1));
        behaviour(all);
        return all;
    }

    private static Optional<String> name(Optional<String> wanted, Optional<String> usual) {
        return wanted.isPresent() ? wanted : usual;
    }

    private static void behaviour(Properties all) {
        // The Statement Execution API, whatever the server's flag says; the next two keep the driver from asking.
        all.setProperty("UseThriftClient", "0");
        all.setProperty("UseBoundedSeaApi", "0");
        all.setProperty("EnableThriftNativeMetadata", "0");
        // A statement has an id at once, without which it cannot be cancelled.
        all.setProperty("EnableDirectResults", "0");
        all.setProperty("EnableTelemetry", "0");
        // The driver shows a TIMESTAMP as wall-clock time of the session's zone: only UTC has every time of day once.
        all.setProperty("TIMEZONE", "UTC");
        all.setProperty("EnableComplexDatatypeSupport", "0");
        all.setProperty("EnableGeoSpatialSupport", "0");
        // Its memory is bounded by a count of chunks, each of some 20 MB, and not by bytes.
        all.setProperty("cloudFetchThreadPoolSize", "2");
        all.setProperty("ChunkReadyTimeoutSeconds", "300");
        all.setProperty("socketTimeout", "120");
        all.setProperty("LogLevel", "OFF");
        // It makes its log file although the level is OFF, in the working directory unless told otherwise.
        all.setProperty("LogPath", System.getProperty("java.io.tmpdir", "."));
    }
}
