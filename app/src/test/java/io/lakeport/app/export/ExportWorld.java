package io.lakeport.app.export;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A workspace with a table of many chunks, and a host that exports it. */
final class ExportWorld implements AutoCloseable {
    /** Rows of a chunk, so that the table's result has {@value #CHUNKS} of them. */
    static final int CHUNK_ROWS = 500;

    static final int CHUNKS = 20;
    static final long ROWS = (long) CHUNKS * CHUNK_ROWS;

    /** Rows of the table whose files are large. */
    static final long WIDE_ROWS = 6_000;

    private final Path folder;
    private final Optional<S3World> s3;
    private final Providers providers = PluginHost.find(List.of());
    private final WorkspaceSimulator workspace;
    private final WorkspaceFaults faults;
    private final Optional<TenantPrincipal> control;
    private final JumpingClock clock = new JumpingClock();
    private final Moments moments = new Moments();
    private final Lakeport lakeport;
    private final Lakeport bulk;

    ExportWorld(Path folder) throws IOException {
        this(folder, Optional.empty());
    }

    /** Creates a world that exports to an S3 server as well, and has a table of {@link #WIDE_ROWS} wide rows then. */
    ExportWorld(Path folder, S3World s3) throws IOException {
        this(folder, Optional.of(s3));
        run("CREATE TABLE wide_orders AS SELECT id, id % 5 AS part, " + text(48) + " AS text FROM range(" + WIDE_ROWS
                + ")");
    }

    /** Text that no codec shrinks by much. */
    private static String text(int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> "md5(CAST(id * 1000 + " + i + " AS STRING))")
                .collect(Collectors.joining(", ", "concat(", ")"));
    }

    private ExportWorld(Path folder, Optional<S3World> s3) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.s3 = s3;
        this.workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(
                        0, Optional.empty(), Map.of(), Map.of("chunk-rows", String.valueOf(CHUNK_ROWS))));
        this.faults = new WorkspaceFaults(workspace.connection());
        SimulatorConnection c = workspace.connection();
        this.control = s3.map(server -> new TenantPrincipal(faults, c.warehouseId(), c.catalog()));
        this.lakeport = host("lakeport.json", "\"segment_bytes\": \"50000\"");
        this.bulk = host("bulk.json", "\"lanes\": 1");
        Files.writeString(folder.resolve("steps.json"), config("\"segment_bytes\": \"200000\"", ""));
        Files.writeString(
                folder.resolve("full.json"),
                config(
                        "\"lanes\": 1",
                        ", \"volume\": {\"root\": \"volume:/Volumes/\", \"properties\": {\"upload_memory\": \"1048576\"}}"));
        run("CREATE TABLE orders AS SELECT id, concat('name ', id % 97) AS name, id % 5 AS part,"
                + " timestampadd(SECOND, CAST(id AS INT), TIMESTAMP'2026-01-01 00:00:00') AS updated_at FROM range("
                + ROWS
                + ")");
        run("CREATE VOLUME exports");
        if (control.isPresent()) {
            run("GRANT READ VOLUME ON VOLUME exports TO `" + c.clientId() + "`");
        }
    }

    /** Returns the configuration of a host in another process. */
    Path config(String file) {
        return folder.resolve(file);
    }

    /** Starts a host with these settings of exports; the caller closes it. */
    Lakeport host(String file, String exports) throws IOException {
        Path config = Files.writeString(folder.resolve(file), config(exports, ""));
        return Lakeport.builder().config(ConfigFile.load(config)).clock(clock).build();
    }

    private String config(String exports, String moreStores) {
        SimulatorConnection c = workspace.connection();
        return """
                {"tenants": {"acme": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                     "secrets": {"client_secret": "%s"}},
                   "scope": {"object_prefixes": ["%s", "volume:/Volumes/", "s3://exports/"],
                     "access": "write_back"}}},
                 "stores": {%s},
                 "guards": {"retry": {"max_attempts": 4, "initial_backoff": "1ms", "max_backoff": "20ms",
                     "max_retry_after": "50ms", "lookup": "1s"},
                   "circuit": {"failure_rate_percent": 100, "window": 1000, "minimum_calls": 1000}},
                 "exports": {%s}}
                """.formatted(
                c.httpUrl(),
                c.warehouseId(),
                c.catalog(),
                c.schema(),
                control.map(TenantPrincipal::clientId).orElse(c.clientId()),
                control.map(TenantPrincipal::clientSecret)
                        .orElse(c.clientSecret().reveal()),
                files(),
                s3.map(server -> "\"s3\": " + server.settings() + moreStores).orElse(""),
                exports);
    }

    void run(String sql) {
        try (RowCursor rows = tenant().query(sql).rows()) {
            while (rows.next()) {
                // A statement counts when its result was read.
            }
        }
    }

    TenantClient tenant() {
        return lakeport.tenant("acme");
    }

    Lakeport lakeport() {
        return lakeport;
    }

    /** Returns a host that writes few large files. */
    Lakeport bulk() {
        return bulk;
    }

    JumpingClock clock() {
        return clock;
    }

    Moments moments() {
        return moments;
    }

    TenantPrincipal control() {
        return control.orElseThrow();
    }

    S3World s3() {
        return s3.orElseThrow();
    }

    /** Returns how often which mishap happened. */
    Map<String, Integer> happened() {
        Map<String, Integer> all = new TreeMap<>(faults.happened());
        all.putAll(moments.happened());
        s3.ifPresent(server -> all.putAll(server.road().happened()));
        return all;
    }

    /** Takes back whatever was planned to go wrong. */
    void clearFaults() {
        faults.clear();
        moments.clear();
        clock.set(Duration.ZERO);
        control.ifPresent(TenantPrincipal::reactivate);
        s3.ifPresent(server -> server.road().clear());
    }

    WorkspaceFaults faults() {
        return faults;
    }

    WorkspaceSimulator workspace() {
        return workspace;
    }

    static TableName wideOrders() {
        return TableName.parse("wide_orders");
    }

    static TableName orders() {
        return TableName.parse("orders");
    }

    /** Returns a directory of this machine for files. */
    URI files() {
        return folder.toUri().resolve("files/");
    }

    /** Returns a volume of the workspace, which is written by its Files API. */
    URI volume() {
        SimulatorConnection c = workspace.connection();
        return URI.create("volume:/Volumes/" + c.catalog() + "/" + c.schema() + "/exports/");
    }

    @Override
    public void close() {
        control.ifPresent(TenantPrincipal::close);
        lakeport.close();
        bulk.close();
        workspace.close();
        providers.close();
        s3.ifPresent(S3World::close);
    }
}
