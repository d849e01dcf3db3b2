package io.lakeport.storage.delta;

import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import io.lakeport.testkit.contract.TableWriterContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class DeltaContractTest implements TableWriterContract {
    @TempDir
    Path folder;

    @Override
    public TableWriterProvider provider() {
        return new DeltaTableWriterProvider();
    }

    @Override
    public ObjectStore store() {
        return new ExportFolder(folder).store();
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
    public List<Long> readIds(WrittenFile file) throws Exception {
        return ExportFolder.rows("SELECT id FROM read_parquet('"
                        + folder.resolve(file.object().key().value()) + "')")
                .stream()
                .map(row -> Long.valueOf(row.get(0)))
                .toList();
    }
}
