package io.lakeport.storage.parquet;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
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

/** Writes tables into a folder, and reads them back by DuckDB. */
final class Tables {
    private Tables() {}

    static ObjectStore store(Path folder) {
        return new FileObjectStoreProvider()
                .open(new ObjectStoreContext(
                        folder.toUri(),
                        Map.of(),
                        Map.of(),
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Widget/1"),
                        Guard.NONE));
    }

    static ResultSchema schema(List<String> names, List<String> types) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), SqlTypeParser.parse(types.get(i))));
        }
        return new ResultSchema(columns);
    }

    static List<WrittenFile> write(List<ResultChunk> chunks, TableWriterContext context) {
        try (TableWriter writer = new ParquetTableWriterProvider().open(context)) {
            chunks.forEach(writer::write);
            return writer.finish();
        }
    }

    static List<List<String>> rows(String sql) throws Exception {
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
