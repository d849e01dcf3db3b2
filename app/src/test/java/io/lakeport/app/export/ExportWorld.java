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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workspace with a table of many chunks, and a host that exports it. */
final class ExportWorld implements AutoCloseable {
    /** Rows of a chunk, so that the table's result has {@value #CHUNKS} of them. */
    static final int CHUNK_ROWS = 500;

    static final int CHUNKS = 20;
    static final long ROWS = (long) CHUNKS * CHUNK_ROWS;

    private final Path folder;
    private final Providers providers = PluginHost.find(List.of());
    private final WorkspaceSimulator workspace;
    private final WorkspaceFaults faults;
    private final Lakeport lakeport;

    ExportWorld(Path folder) throws IOException {
        this.folder = folder;
        this.workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(
                        0, Optional.empty(), Map.of(), Map.of("chunk-rows", String.valueOf(CHUNK_ROWS))));
        this.faults = new WorkspaceFaults(workspace.connection());
        Path config = Files.writeString(folder.resolve("lakeport.json"), config());
        this.lakeport = Lakeport.builder().config(ConfigFile.load(config)).build();
        run("CREATE TABLE orders AS SELECT id, concat('name ', id % 97) AS name, id % 5 AS part,"
                + " timestampadd(SECOND, CAST(id AS INT), TIMESTAMP'2026-01-01 00:00:00') AS updated_at FROM range("
                + ROWS
                + ")");
        run("CREATE VOLUME exports");
    }

    private String config() {
        SimulatorConnection c = workspace.connection();
        return """
                {"tenants": {"acme": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                     "secrets": {"client_secret": "%s"}},
                   "scope": {"object_prefixes": ["%s", "volume:/Volumes/"], "access": "write_back"}}},
                 "guards": {"retry": {"max_attempts": 4, "initial_backoff": "1ms", "max_backoff": "20ms",
                     "max_retry_after": "50ms"},
                   "circuit": {"failure_rate_percent": 100, "window": 1000, "minimum_calls": 1000}},
                 "exports": {"segment_bytes": "50000"}}
                """.formatted(
                        c.httpUrl(),
                        c.warehouseId(),
                        c.catalog(),
                        c.schema(),
                        c.clientId(),
                        c.clientSecret().reveal(),
                        files());
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

    WorkspaceFaults faults() {
        return faults;
    }

    WorkspaceSimulator workspace() {
        return workspace;
    }

    static TableName orders() {
        return TableName.parse("orders");
    }

    /** Returns a directory of this machine for files. */
    URI files() {
        return folder.resolve("files").toUri().resolve("files/");
    }

    /** Returns a volume of the workspace, which is written by its Files API. */
    URI volume() {
        SimulatorConnection c = workspace.connection();
        return URI.create("volume:/Volumes/" + c.catalog() + "/" + c.schema() + "/exports/");
    }

    @Override
    public void close() {
        lakeport.close();
        workspace.close();
        providers.close();
    }
}
