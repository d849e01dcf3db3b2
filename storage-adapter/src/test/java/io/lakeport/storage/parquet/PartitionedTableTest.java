package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedTableTest {
    private static final ResultSchema NESTED =
            Tables.schema(List.of("p", "v", "s", "l"), List.of("BIGINT", "BIGINT", "STRING", "ARRAY<STRING>"));
    private static final long SMALL = 4L << 20;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private static String nested(String partition) {
        return "SELECT " + partition + " AS p, i AS v, CASE WHEN i % 5 = 0 THEN NULL ELSE 'secret ' || md5(i::VARCHAR)"
                + " END AS s, CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN [] ELSE ['x' || i, NULL] END AS l"
                + " FROM range(100000) t(i)";
    }

    @Test
    @Tag("AA-29")
    void write_mixedPartitionsBeyondMemory_makesOneFileEachThroughScratch() throws Exception {
        String sql = nested("(i * 7919) % 150");
        MemoryBudget memory = MemoryBudget.of("test", SMALL);
        List<WrittenFile> files;
        try (ObjectStore store = Tables.store(folder);
                TableWriter writer = writer(store, NESTED, List.of("p"), memory, Optional.of(scratch))) {
            Chunks.of(sql, 40_960).forEach(writer::write);
            assertSpilledWithoutPlainText();
            files = writer.finish();
        }
        assertThat(files).hasSize(150);
        assertThat(memory.peak()).isLessThanOrEqualTo(SMALL);
        assertThat(memory.used()).isZero();
        assertThat(scratch).isEmptyDirectory();
        assertSame(sql);
    }

    private void assertSpilledWithoutPlainText() throws Exception {
        try (Stream<Path> spilled = Files.list(scratch)) {
            Path file = spilled.findFirst().orElseThrow();
            assertThat(Files.size(file)).isGreaterThan(1 << 20);
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
    }

    @Test
    void write_mixedPartitionsWithoutScratch_writesTheLargestEarlyAndKeepsTheBudget() throws Exception {
        String sql = nested("(i * 7919) % 50");
        MemoryBudget memory = MemoryBudget.of("test", SMALL);
        try (ObjectStore store = Tables.store(folder);
                TableWriter writer = writer(store, NESTED, List.of("p"), memory, Optional.empty())) {
            Chunks.of(sql, 40_960).forEach(writer::write);
            assertThat(writer.finish()).hasSizeGreaterThan(50);
        }
        assertThat(memory.peak()).isLessThanOrEqualTo(SMALL);
        assertThat(memory.used()).isZero();
        assertSame(sql);
    }

    @Test
    void write_partitionsOneAfterAnother_neverTouchesScratch() throws Exception {
        String sql = nested("i // 25000");
        MemoryBudget memory = MemoryBudget.of("test", SMALL);
        try (ObjectStore store = Tables.store(folder);
                TableWriter writer = writer(store, NESTED, List.of("p"), memory, Optional.of(scratch))) {
            for (ResultChunk chunk : Chunks.of(sql, 20_480)) {
                writer.write(chunk);
                assertThat(scratch).isEmptyDirectory();
            }
            assertThat(writer.finish()).hasSize(4);
        }
        assertSame(sql);
    }

    @Test
    @Tag("AA-30")
    void write_everyPartitionType_isSpelledAsSparkDoes() throws Exception {
        String sql = "SELECT * FROM (VALUES (true, 1.50::DECIMAL(9,2), DATE '2026-02-03',"
                + " TIMESTAMP '2026-02-03 04:05:06.000007', (-3)::TINYINT, 'ü/=💧', 12345678901234567890.5::DECIMAL(38,1), 1),"
                + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2)) AS t(b, d, dt, ts, i, s, dd, v)";
        List<String> names = List.of("b", "d", "dt", "ts", "i", "s", "dd", "v");
        ResultSchema schema = Tables.schema(
                names,
                List.of(
                        "BOOLEAN",
                        "DECIMAL(9,2)",
                        "DATE",
                        "TIMESTAMP_NTZ",
                        "TINYINT",
                        "STRING",
                        "DECIMAL(38,1)",
                        "INT"));
        try (ObjectStore store = Tables.store(folder)) {
            List<WrittenFile> files = Tables.write(
                    Chunks.of(sql, 2048),
                    TableWriterContext.of(store, "part", schema).partitionedBy(names.subList(0, 7)));
            assertThat(files)
                    .extracting(file -> file.object().key().value())
                    .containsExactly(
                            "b=__HIVE_DEFAULT_PARTITION__/d=__HIVE_DEFAULT_PARTITION__/dt=__HIVE_DEFAULT_PARTITION__/"
                                    + "ts=__HIVE_DEFAULT_PARTITION__/i=__HIVE_DEFAULT_PARTITION__/s=__HIVE_DEFAULT_PARTITION__/"
                                    + "dd=__HIVE_DEFAULT_PARTITION__/part-00001.parquet",
                            "b=true/d=1.50/dt=2026-02-03/ts=2026-02-03 04%3A05%3A06.000007/i=-3/s=ü%2F%3D💧/"
                                    + "dd=12345678901234567890.5/part-00000.parquet");
        }
    }

    @Test
    @Tag("AA-30")
    void write_partitionValueThatCannotBeADirectory_isRefusedByColumnAndValue() throws Exception {
        assertTooLong(
                "repeat('ab', 150)", "'p' has a value of 300 characters, 'abab", "302 bytes, and the disk takes 255");
        assertTooLong("repeat('x', 1100)", "'p' has a value of 1100 characters", "object key of 1");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertTooLong(String value, String... message) throws Exception {
        ResultSchema schema = Tables.schema(List.of("p", "v"), List.of("STRING", "INT"));
        List<ResultChunk> chunks = Chunks.of("SELECT " + value + " AS p, 1 AS v", 2048);
        try (ObjectStore store = Tables.store(folder)) {
            TableWriterContext context =
                    TableWriterContext.of(store, "part", schema).partitionedBy(List.of("p"));
            assertThatThrownBy(() -> Tables.write(chunks, context))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                    .hasMessageContainingAll(message);
        }
    }

    @Test
    void write_afterAKilledProcess_deletesItsRowsAndKeepsThoseOfTheLiving() throws Exception {
        Path abandoned = Files.createFile(scratch.resolve("lakeport-rows-1.spill"));
        Path foreign = Files.createFile(scratch.resolve("notes.txt"));
        String sql = nested("(i * 7919) % 150");
        try (ObjectStore store = Tables.store(folder);
                TableWriter living =
                        writer(store, NESTED, List.of("p"), MemoryBudget.of("a", SMALL), Optional.of(scratch));
                TableWriter second =
                        writer(store, NESTED, List.of("p"), MemoryBudget.of("b", SMALL), Optional.of(scratch))) {
            Chunks.of(sql, 40_960).forEach(living::write);
            assertThat(abandoned).doesNotExist();
            Chunks.of(sql, 40_960).forEach(second::write);
            try (Stream<Path> files = Files.list(scratch)) {
                assertThat(files).hasSize(3).contains(foreign);
            }
            assertThat(living.finish()).hasSize(150);
        }
        assertThat(scratch).isDirectoryContaining(foreign::equals).isDirectoryNotContaining("glob:**.spill");
    }

    private void assertSame(String sql) throws Exception {
        String read = "SELECT p, v, s, l FROM read_parquet('" + folder + "/**/*.parquet', hive_partitioning = true)";
        String digest = "SELECT count(*), sum(hash(p::BIGINT, v, s, l)::HUGEINT) FROM ";
        assertThat(Tables.rows(digest + "(" + read + ")")).isEqualTo(Tables.rows(digest + "(" + sql + ")"));
    }

    private static TableWriter writer(
            ObjectStore store,
            ResultSchema schema,
            List<String> partitionBy,
            MemoryBudget memory,
            Optional<Path> directory) {
        return new ParquetTableWriterProvider()
                .open(TableWriterContext.of(store, "part" + memory.hashCode(), schema)
                        .partitionedBy(partitionBy)
                        .withOptions(Map.of())
                        .within(memory, directory));
    }
}
