package io.lakeport.app.cache;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A workspace with two principals, each behind a tenant of its own: an administrator and one who has what is granted. */
final class CacheWorld implements AutoCloseable {
    static final String ADMIN = "admin";
    static final String GUEST = "guest";
    private static final Duration LONG = Duration.ofHours(1);

    private final Providers providers = PluginHost.find(List.of());
    private final WorkspaceSimulator workspace;
    final Lakeport lakeport;
    final String guest;

    /** What a cached read gave, and whether it came from memory. */
    record Read(List<String> rows, List<String> notes) {
        boolean hit() {
            return notes.stream().anyMatch(note -> note.startsWith("from the result cache"));
        }

        String refusal() {
            return notes.stream()
                    .filter(note -> note.startsWith("not cached: "))
                    .findFirst()
                    .orElse("");
        }
    }

    CacheWorld(Path folder, String cacheBytes) throws IOException {
        workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(0, Optional.empty(), Map.of()));
        Files.writeString(
                folder.resolve("admin.txt"), workspace.connection().token().reveal());
        String principal = send("/api/2.0/preview/scim/v2/ServicePrincipals", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"], "displayName": "guest",
                 "active": true, "entitlements": [{"value": "databricks-sql-access"}]}""");
        guest = field(principal, "applicationId");
        String token = send("/api/2.0/token-management/on-behalf-of/tokens", """
                {"application_id": "%s", "lifetime_seconds": 3600, "comment": "test"}""".formatted(guest));
        Files.writeString(folder.resolve("guest.txt"), field(token, "token_value"));
        Path config = Files.writeString(
                folder.resolve("lakeport.json"),
                "{\"tenants\": {" + json(ADMIN) + ", " + json(GUEST) + "}, \"memory\": {\"cache\": \"" + cacheBytes
                        + "\"}}");
        lakeport = Lakeport.builder().config(ConfigFile.load(config)).build();
    }

    private String json(String id) {
        SimulatorConnection c = workspace.connection();
        return """
                "%s": {"host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                  "auth": {"method": "pat", "secrets": {"token": "${file:%s.txt}"}},
                  "scope": {"access": "write_back"}}
                """.formatted(id, c.httpUrl(), c.warehouseId(), c.catalog(), c.schema(), id);
    }

    private String send(String path, String json) throws IOException {
        HttpURLConnection call = (HttpURLConnection)
                URI.create(workspace.connection().httpUrl() + path).toURL().openConnection();
        call.setConnectTimeout(30_000);
        call.setReadTimeout(30_000);
        call.setRequestMethod("POST");
        call.setRequestProperty(
                "Authorization", "Bearer " + workspace.connection().token().reveal());
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        call.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        return new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return field.group(1);
    }

    TenantClient tenant(String id) {
        return lakeport.tenant(id);
    }

    void run(String sql) {
        tenant(ADMIN).query(sql).purpose(Purpose.WRITE_BACK).stream().close();
    }

    Read read(String tenant, String sql) {
        return rows(tenant(tenant).query(sql).cached(LONG).stream());
    }

    static Read rows(ResultStream stream) {
        List<String> rows = new ArrayList<>();
        try (RowCursor cursor = ArrowRowCursor.over(stream)) {
            while (cursor.next()) {
                rows.add(IntStream.range(0, cursor.schema().size())
                        .mapToObj(i -> String.valueOf(cursor.getObject(i)))
                        .collect(Collectors.joining("|")));
            }
            return new Read(rows, stream.notes());
        }
    }

    @Override
    public void close() {
        lakeport.close();
        workspace.close();
        providers.close();
    }
}
