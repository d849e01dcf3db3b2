package io.lakeport.storage.state;

import io.lakeport.storage.option.Options;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is, and how it is reached.
 *
 * @param host name or address
 * @param port its port
 * @param name name of the database
 * @param schema where the tables are
 * @param user who signs in
 * @param tls {@code verify-full}, {@code require} or {@code off}
 * @param rootCertificate file with the certificates to trust, empty for those of the JVM
 */
record PostgresPlace(
        String host, int port, String name, String schema, String user, String tls, String rootCertificate) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String URL =
            "expected postgresql://host:port/database, without user, password or parameters: these have options of"
                    + " their own";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    static PostgresPlace of(Options options) {
        URI uri = uri(options);
        String schema = options.text("schema").orElse("lakeport");
        if (!SCHEMA.matcher(schema).matches()) {
            throw options.malformed("schema", "expected 1 to 63 of a-z, 0-9 and '_', beginning with a letter");
        }
        String tls = options.text("tls").orElse(LOOPBACK.contains(uri.getHost()) ? "off" : "verify-full");
        if (!Set.of("verify-full", "require", "off").contains(tls)) {
            throw options.malformed("tls", "expected verify-full, require or off");
        }
        String user = options.text("user").orElse("");
        if (user.isBlank()) {
            throw options.malformed("user", "expected the name of the database user");
        }
        return new PostgresPlace(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                uri.getPath().substring(1),
                schema,
                user,
                tls,
                options.text("root_certificate").orElse(""));
    }

    private static URI uri(Options options) {
        String text = options.text("url").orElse("").strip().replaceFirst("^jdbc:", "");
        try {
            URI uri = URI.create(text);
            boolean right = "postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getPath().matches("/[^/]+");
            if (right) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw Options.of("state store 'postgresql'", java.util.Map.of(), Set.of())
                    .malformed("url", URL);
        }
        // The text is not repeated: someone may have given a password within it.
        throw Options.of("state store 'postgresql'", java.util.Map.of(), Set.of())
                .malformed("url", URL);
    }

    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + name + " schema " + schema;
    }
}
