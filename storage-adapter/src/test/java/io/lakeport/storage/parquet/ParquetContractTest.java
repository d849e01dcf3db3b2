package io.lakeport.storage.parquet;

import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.storage.file.FileObjectStoreProvider;
import io.lakeport.testkit.contract.TableWriterContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class ParquetContractTest implements TableWriterContract {
    @TempDir
    Path folder;

    @Override
    public TableWriterProvider provider() {
        return new ParquetTableWriterProvider();
    }

    @Override
    public ObjectStore store() {
        return new FileObjectStoreProvider()
                .open(new ObjectStoreContext(
                        folder.toUri(),
                        Map.of(),
                        Map.of(),
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Test/1"),
                        Guard.NONE));
    }

    @Override
    public ResultChunk chunk(long firstId) throws Exception {
        return Chunks.of(
                        "SELECT i AS id, CASE WHEN i % 5 = 4 THEN NULL ELSE 'p' || i % 4 END AS part FROM range("
                                + firstId + ", " + (firstId + ROWS) + ") t(i)",
                        2048)
                .get(0);
    }

    @Override
    public List<Long> readIds(WrittenFile file) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM read_parquet('"
                        + folder.resolve(file.object().key().value()) + "')")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }
}
