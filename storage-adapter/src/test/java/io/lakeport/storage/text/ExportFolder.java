package io.lakeport.storage.text;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.storage.file.FileObjectStoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A folder that writers write to and DuckDB reads from. */
public final class ExportFolder {
    private final Path folder;

    public ExportFolder(Path folder) {
        this.folder = folder;
    }

    public ObjectStore store() {
        return new FileObjectStoreProvider()
                .open(new ObjectStoreContext(
                        folder.toUri(),
                        Map.of(),
                        Map.of(),
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Widget/1"),
                        Guard.NONE));
    }

    public List<WrittenFile> write(
            TableWriterProvider provider,
            List<ResultChunk> chunks,
            ResultSchema schema,
            List<String> partitionBy,
            Map<String, String> options) {
        try (ObjectStore store = store();
                TableWriter writer = provider.open(TableWriterContext.of(store, "part", schema)
                        .partitionedBy(partitionBy)
                        .withOptions(options))) {
            chunks.forEach(writer::write);
            return writer.finish();
        }
    }

    /** Returns columns given as name, type, name, type. */
    public static ResultSchema schema(String... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column(namesAndTypes[i], SqlTypeParser.parse(namesAndTypes[i + 1])));
        }
        return new ResultSchema(columns);
    }

    /** Returns what DuckDB answers, every value as text. */
    public static List<List<String>> rows(String sql) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    String[] row = new String[result.getMetaData().getColumnCount()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(Arrays.asList(row));
                }
            }
        }
        return rows;
    }
}
