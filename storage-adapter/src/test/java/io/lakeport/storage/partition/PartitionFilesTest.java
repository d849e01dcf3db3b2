package io.lakeport.storage.partition;

import static io.lakeport.storage.text.ExportFolder.rows;
import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.arrow.ArrowTableWriterProvider;
import io.lakeport.storage.csv.CsvTableWriterProvider;
import io.lakeport.storage.jsonl.JsonLinesTableWriterProvider;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFilesTest {
    private static final String ROWS =
            "SELECT (i * 7919) %% %d AS p, i AS v, repeat('x', 200) AS s FROM range(%d) t(i)";

    @TempDir
    Path folder;

    private int open;
    private int mostOpen;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "arrow"})
    void write_moreThanMemoryInManyPartitions_staysInItAndOpensFewUploads(String format) throws Exception {
        // 1.3 MB of rows in 40 partitions, through 0.5 MB.
        MemoryBudget memory = MemoryBudget.of("writer", 512L << 10);
        List<WrittenFile> files = write(format, ROWS.formatted(40, 6000), memory);

        assertThat(mostOpen).isBetween(2, PartitionFiles.MAX_OPEN);
        assertThat(open).isZero();
        assertThat(memory.peak()).isLessThanOrEqualTo(memory.capacity());
        assertThat(memory.used()).isZero();
        assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(6000);
        assertThat(files).extracting(WrittenFile::partition).hasSizeBetween(40, 1000);
    }

    @Test
    void write_whatFitsIntoMemory_isOneFileAPartition() throws Exception {
        List<WrittenFile> files = write("csv", ROWS.formatted(300, 20_000), MemoryBudget.of("writer", 64L << 20));

        assertThat(files).hasSize(300);
        assertThat(mostOpen).isEqualTo(1);
        assertThat(rows("SELECT count(*), count(DISTINCT p), sum(v) FROM read_csv('" + folder
                        + "/**/*.csv', hive_partitioning = true)"))
                .isEqualTo(List.of(List.of("20000", "300", "199990000")));
    }

    private List<WrittenFile> write(String format, String sql, MemoryBudget memory) throws Exception {
        TableWriterProvider provider = switch (format) {
            case "csv" -> new CsvTableWriterProvider();
            case "jsonl" -> new JsonLinesTableWriterProvider();
            default -> new ArrowTableWriterProvider();
        };
        try (ObjectStore store = new Counting(new ExportFolder(folder).store());
                TableWriter writer = provider.open(new TableWriterContext(
                        store,
                        "",
                        "part",
                        schema("p", "BIGINT", "v", "BIGINT", "s", "STRING"),
                        List.of("p"),
                        Map.of(),
                        memory,
                        Optional.empty()))) {
            for (ResultChunk chunk : Chunks.of(sql, 10_240)) {
                writer.write(chunk);
            }
            return writer.finish();
        }
    }

    /** Counts uploads. */
    private final class Counting implements ObjectStore {
        private final ObjectStore store;

        Counting(ObjectStore store) {
            this.store = store;
        }

        @Override
        public String root() {
            return store.root();
        }

        @Override
        public ObjectSink create(ObjectKey key, CreateMode mode) {
            open++;
            mostOpen = Math.max(mostOpen, open);
            return new Upload(store.create(key, mode));
        }

        @Override
        public ReadableByteChannel read(ObjectKey key) {
            return store.read(key);
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            return store.stat(key);
        }

        @Override
        public List<ObjectInfo> list(String prefix) {
            return store.list(prefix);
        }

        @Override
        public void delete(ObjectKey key) {
            store.delete(key);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final class Upload implements ObjectSink {
        private final ObjectSink sink;

        Upload(ObjectSink sink) {
            this.sink = sink;
        }

        @Override
        public long position() {
            return sink.position();
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return sink.write(bytes);
        }

        @Override
        public ObjectInfo commit() {
            return sink.commit();
        }

        @Override
        public boolean isOpen() {
            return sink.isOpen();
        }

        @Override
        public void close() {
            open--;
            sink.close();
        }
    }
}
