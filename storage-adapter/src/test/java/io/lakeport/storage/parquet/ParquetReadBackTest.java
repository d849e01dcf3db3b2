package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, value by value, by two readers that share no code: DuckDB and parquet-java. */
class ParquetReadBackTest {
    /** So little that a table has many pages and row groups. */
    private static final long TIGHT = 1L << 20;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @Tag("AA-23")
    void write_randomNestedTable_isReadBackByTwoReaders(long seed) throws Exception {
        RandomTable table = new RandomTable(seed);
        ResultSchema schema = Tables.schema(table.names(), table.types());
        List<ResultChunk> chunks = Chunks.of(table.sql(), 512);

        List<WrittenFile> files = write(schema, chunks, List.of());

        String columns = String.join(", ", table.names());
        assertThat(Tables.rows("SELECT " + columns + " FROM read_parquet('" + folder + "/*.parquet')"))
                .isEqualTo(Tables.rows(table.sql()));
        List<List<@Nullable Object>> read = new ArrayList<>();
        for (WrittenFile file : files) {
            Path path = folder.resolve(file.object().key().value());
            read.addAll(ParquetObjects.of(path));
            ChunkStatistics.requireTrue(path);
        }
        assertThat(read).isEqualTo(ArrowObjects.of(chunks));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void write_randomNestedTableByPartition_losesAndChangesNothing(long seed) throws Exception {
        RandomTable table = new RandomTable(seed);
        List<String> names = new ArrayList<>(table.names());
        List<String> types = new ArrayList<>(table.types());
        names.add("part");
        types.add("BIGINT");
        String sql = "SELECT *, row_number() OVER () % 37 AS part FROM (" + table.sql() + ")";

        List<WrittenFile> files = write(Tables.schema(names, types), Chunks.of(sql, 512), List.of("part"));

        String digest = "SELECT part, count(*), sum(hash(" + String.join(", ", table.names()) + ")::HUGEINT) FROM ";
        assertThat(Tables.rows(digest + "read_parquet('" + folder
                        + "/**/*.parquet', hive_partitioning = true) GROUP BY part ORDER BY part"))
                .isEqualTo(Tables.rows(digest + "(" + sql + ") GROUP BY part ORDER BY part"));
        for (WrittenFile file : files) {
            ChunkStatistics.requireTrue(folder.resolve(file.object().key().value()));
        }
    }

    private List<WrittenFile> write(ResultSchema schema, List<ResultChunk> chunks, List<String> partitionBy) {
        try (ObjectStore store = Tables.store(folder)) {
            return Tables.write(
                    chunks,
                    TableWriterContext.of(store, "part", schema)
                            .partitionedBy(partitionBy)
                            .withOptions(Map.of("row_group_bytes", "65536"))
                            .within(MemoryBudget.of("tight", TIGHT), Optional.of(scratch)));
        }
    }
}
