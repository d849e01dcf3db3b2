package io.lakeport.app.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.doctor.setting.SettingCause;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.sql.TableName;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A tenant with a service principal of its own, healthy until a world breaks something. Closing it mends the workspace. */
final class Scene implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int count;

    final LocalWorkspace workspace;
    final Admin admin;
    final Path folder;
    final Principal principal;
    final String number = "w" + ++count;
    final ObjectNode tenant = JSON.createObjectNode();
    final ObjectNode document = JSON.createObjectNode();
    final DoctorRequest.Builder request = DoctorRequest.builder();
    private final Deque<AutoCloseable> undo = new ArrayDeque<>();
    Clock clock = Clock.systemUTC();
    Duration timeout = Duration.ofSeconds(30);

    @Nullable
    Lakeport running;

    Scene(LocalWorkspace workspace, Path folder) {
        this.workspace = workspace;
        this.folder = folder;
        this.admin = new Admin(workspace);
        this.principal = workspace.identities().addServicePrincipal("tenant " + number);
        Secret secret = workspace.identities().addSecret(principal, Duration.ofDays(365));
        tenant.put("host", workspace.connection().httpUrl().toString());
        tenant.put("warehouse_id", workspace.connection().warehouseId());
        signInByOAuth(principal.applicationId(), secret.reveal());
        ObjectNode retry = document.putObject("guards").putObject("retry");
        retry.put("max_attempts", 2).put("initial_backoff", "10ms").put("max_backoff", "20ms");
        retry.put("max_retry_after", "20ms").put("lookup", "1s");
    }

    void signInByOAuth(String id, String secret) {
        ObjectNode auth = tenant.putObject("auth").put("method", "oauth-m2m");
        auth.putObject("properties").put("client_id", id);
        auth.putObject("secrets").put("client_secret", secret);
    }

    void signInByToken(Secret token) {
        ObjectNode auth = tenant.putObject("auth").put("method", "pat");
        auth.putObject("secrets").put("token", token.reveal());
    }

    ObjectNode auth() {
        return (ObjectNode) tenant.path("auth");
    }

    String host() {
        return tenant.path("host").asText();
    }

    void host(String url) {
        tenant.put("host", url);
    }

    /** Makes a table with one row in a catalog of its own, and asks the doctor for it; grants nothing. */
    TableName table() {
        TableName name = TableName.of("cat_" + number, "sales", "orders");
        admin.sql("CREATE CATALOG " + catalog());
        admin.sql("CREATE SCHEMA " + catalog() + ".sales");
        admin.sql("CREATE TABLE " + name.quoted() + " AS SELECT 1 AS id, current_timestamp() AS updated_at");
        request.table(name);
        return name;
    }

    String catalog() {
        return "cat_" + number;
    }

    /** Grants privileges to the tenant's principal, each as {@code SELECT ON TABLE c.s.t}. */
    void grant(String... privileges) {
        for (String privilege : privileges) {
            admin.sql("GRANT " + privilege + " TO `" + principal.applicationId() + "`");
        }
    }

    /** Takes a privilege from the tenant's principal. */
    void revoke(String privilege) {
        admin.sql("REVOKE " + privilege + " FROM `" + principal.applicationId() + "`");
    }

    /** Grants what reading the table takes. */
    TableName readable() {
        TableName name = table();
        grant(
                "USE CATALOG ON CATALOG " + catalog(),
                "USE SCHEMA ON SCHEMA " + catalog() + ".sales",
                "SELECT ON TABLE " + name.quoted());
        return name;
    }

    /** Remembers how to take back what was done to things that worlds share. */
    void after(AutoCloseable action) {
        undo.push(action);
    }

    DoctorReport diagnose() {
        request.timeout(timeout);
        Lakeport lakeport;
        try {
            lakeport = running == null ? start() : running;
        } catch (RuntimeException e) {
            return SettingCause.report(e).orElseThrow(() -> e);
        }
        try {
            return lakeport.tenant("acme").doctor(request.build());
        } finally {
            if (lakeport != running) {
                lakeport.close();
            }
        }
    }

    Lakeport start() {
        ObjectNode tenants = document.putObject("tenants");
        tenants.set("acme", tenant);
        Path file = folder.resolve(number + ".json");
        try {
            Files.writeString(file, JSON.writeValueAsString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Lakeport.builder().config(ConfigFile.load(file)).clock(clock).build();
    }

    /** Keeps one host for the whole world, so that it remembers what it had before. */
    void keepRunning() {
        running = start();
        after(running);
    }

    @Override
    public void close() {
        workspace.faults().clear();
        workspace.ipAccess().allowAll();
        while (!undo.isEmpty()) {
            try {
                undo.pop().close();
            } catch (Exception e) {
                throw new AssertionError("the workspace could not be mended after " + number, e);
            }
        }
    }
}
