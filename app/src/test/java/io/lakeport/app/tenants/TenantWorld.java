package io.lakeport.app.tenants;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workspace, a folder with everything that a host keeps, and as many service principals as a test wants. */
final class TenantWorld implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    private final LocalWorkspace workspace = LocalWorkspace.start();
    private Path folder = Path.of(".");

    /** Lets hosts keep what they keep in another folder. */
    TenantWorld in(Path other) {
        this.folder = other;
        return this;
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    /** Starts a host whose file has those members of {@code tenants}, and those of the document behind a comma. */
    Lakeport host(String tenants, String more) throws IOException {
        Path config = Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {%s},
                 "state": {"provider": "embedded", "properties": {"file": "kept/state.db"}},
                 "ledger": {"directory": "kept/ledger"},
                 "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}%s}
                """.formatted(tenants, more));
        return Lakeport.builder().config(ConfigFile.load(config)).build();
    }

    URI folderUri(String path) {
        return URI.create(folder.toUri() + path);
    }

    /** A service principal with a secret. */
    record Identity(Principal principal, Secret secret) {
        String clientId() {
            return principal.applicationId();
        }
    }

    Identity identity(String name) {
        Principal principal = workspace.identities().addServicePrincipal(name);
        return new Identity(principal, workspace.identities().addSecret(principal, Duration.ofDays(30)));
    }

    /** The workspace's owner, who may do everything. */
    Identity owner() {
        return new Identity(workspace.principal(), workspace.connection().clientSecret());
    }

    /** Returns the members of a tenant; {@code more} begins with a comma. The secret is to be given beside it. */
    String settings(Identity identity, String more) {
        return """
                {"host": "%s", "warehouse_id": "%s",
                 "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"}}%s}""".formatted(
                workspace.connection().httpUrl(), workspace.connection().warehouseId(), identity.clientId(), more);
    }

    /** Returns a tenant of the file, with its secret in it. */
    String fixed(String id, Identity identity, String more) {
        return "\"" + id + "\": "
                + settings(identity, more)
                        .replace(
                                identity.clientId() + "\"}",
                                identity.clientId() + "\"}, \"secrets\": {\"client_secret\": \""
                                        + identity.secret().reveal() + "\"}");
    }

    /** Runs statements as the workspace's owner. */
    void sql(String... statements) {
        for (String statement : statements) {
            String body = "{\"warehouse_id\":\"" + workspace.connection().warehouseId()
                    + "\",\"wait_timeout\":\"30s\",\"statement\":\"" + statement.replace("\"", "\\\"") + "\"}";
            String answer = send("POST", "/api/2.0/sql/statements", body);
            if (!answer.contains("SUCCEEDED")) {
                throw new IllegalStateException(statement + ": " + answer);
            }
        }
    }

    private String send(String method, String path, String body) {
        try {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create(workspace.connection().httpUrl() + path).toURL().openConnection();
            request.setRequestMethod(method);
            request.setRequestProperty(
                    "Authorization", "Bearer " + workspace.connection().token().reveal());
            if (!body.isEmpty()) {
                request.setDoOutput(true);
                request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the ids of statements that the workspace has in a state. */
    List<String> statements(String status) {
        Matcher entry = Pattern.compile("\"query_id\":\"(?<id>[^\"]*)\",\"status\":\"(?<status>[A-Z]*)\"")
                .matcher(send("GET", "/api/2.0/sql/history/queries?max_results=1000", ""));
        List<String> ids = new ArrayList<>();
        while (entry.find()) {
            if (entry.group("status").equals(status)) {
                ids.add(entry.group("id"));
            }
        }
        return ids;
    }

    static String first(Lakeport lakeport, String tenant, String sql) {
        try (RowCursor rows = lakeport.tenant(tenant).query(sql).rows()) {
            return rows.next() ? String.valueOf(rows.getObject(0)) : "";
        }
    }

    /** Returns the files that hold a text, as bytes; by another process, because a database may be open in this one. */
    List<String> filesWith(String text) throws IOException, InterruptedException {
        Process grep = new ProcessBuilder(
                        "grep", "-rlaF", "-e", text, folder.resolve("kept").toString())
                .start();
        List<String> found = grep.inputReader().lines().toList();
        grep.waitFor();
        return found;
    }

    @Override
    public void close() {
        workspace.close();
    }
}
