package io.lakeport.app.increment;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.TargetQuery;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import io.lakeport.testkit.workspace.WorkspaceTenant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of a local workspace, an export of it to a directory, and DuckDB, which reads the files on its own. */
final class IncrementBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Lakeport lakeport;
    private final Path folder;
    final TableName table;
    final URI target;
    final List<ExportManifest> manifests = new ArrayList<>();

    IncrementBench(WorkspaceTenant workspace, Path folder, String name) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.target = this.folder.resolve("target").toUri();
        this.table = TableName.of("main", "default", name);
        String scope =
                "\"scope\": {\"access\": \"write_back\", \"object_prefixes\": [\"" + this.folder.toUri() + "\"]}, ";
        String json = workspace.json().replace("\"schema\":", scope + "\"schema\":");
        this.lakeport = Lakeport.builder()
                .config(Files.writeString(this.folder.resolve("lakeport.json"), json))
                .build();
    }

    TenantClient tenant() {
        return lakeport.tenant("local");
    }

    /** Runs a statement in which {@code $t} stands for the table. */
    void run(String sql) {
        rows(sql);
    }

    /** Returns the rows of a query in the workspace, each value as text. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (RowCursor cursor = tenant().query(sql.replace("$t", table.quoted()))
                .purpose(Purpose.WRITE_BACK)
                .timeout(PATIENCE)
                .rows()) {
            while (cursor.next()) {
                rows.add(IntStream.range(0, cursor.schema().size())
                        .mapToObj(i -> String.valueOf(cursor.getObject(i)))
                        .collect(Collectors.joining("|")));
            }
        }
        return rows;
    }

    ExportRequest.Builder request() {
        return ExportRequest.builder(table, target);
    }

    Optional<ExportManifest> export(ExportRequest request) {
        Optional<ExportManifest> manifest = tenant().export(request, PATIENCE, progress -> {});
        manifest.ifPresent(manifests::add);
        return manifest;
    }

    /** Returns rows of the exported files as DuckDB reads them; {@code $t} stands for the target. */
    List<String> exported(String sql) throws SQLException {
        String current = TargetQuery.sql(manifests, folder.resolve("target").toString(), TargetQuery.Dialect.DUCKDB);
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("$t", "(" + current + ") AS target"))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        lakeport.close();
    }
}
