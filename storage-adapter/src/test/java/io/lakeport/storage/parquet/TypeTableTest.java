package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Databricks type through a file: what it is there, and what two readers make of it. */
class TypeTableTest {
    private static final List<Line> LINES = List.of(
            Line.of("BOOLEAN", "BOOLEAN", "true", "false"),
            Line.of("TINYINT", "TINYINT", "(-128)::TINYINT", "127::TINYINT"),
            Line.of("SMALLINT", "SMALLINT", "(-32768)::SMALLINT", "32767::SMALLINT"),
            Line.of("INT", "INTEGER", "(-2147483648)::INT", "2147483647::INT"),
            Line.of("BIGINT", "BIGINT", "(-9223372036854775807)::BIGINT", "9223372036854775807"),
            Line.of("FLOAT", "FLOAT", "'-Infinity'::FLOAT", "3.4028235e38::FLOAT"),
            Line.of("DOUBLE", "DOUBLE", "'NaN'::DOUBLE", "2.5e-308::DOUBLE"),
            Line.of("DECIMAL(9,2)", "DECIMAL(9,2)", "-9999999.99::DECIMAL(9,2)", "0.01::DECIMAL(9,2)"),
            Line.of("DECIMAL(18,4)", "DECIMAL(18,4)", "-99999999999999.9999", "0.0001::DECIMAL(18,4)"),
            Line.of(
                    "DECIMAL(38,6)",
                    "DECIMAL(38,6)",
                    "-99999999999999999999999999999999.999999",
                    "0.000001::DECIMAL(38,6)"),
            Line.of("STRING", "VARCHAR", "''", "'naïve 💧'"),
            Line.of("BINARY", "BLOB", "''::BLOB", "'\\x00\\xFF'::BLOB"),
            Line.of("DATE", "DATE", "DATE '0001-01-01'", "DATE '9999-12-31'"),
            Line.of(
                    "TIMESTAMP",
                    "TIMESTAMP WITH TIME ZONE",
                    "TIMESTAMPTZ '0001-01-01 00:00:00+00'",
                    "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'"),
            Line.of(
                    "TIMESTAMP_NTZ",
                    "TIMESTAMP",
                    "TIMESTAMP '0001-01-01 00:00:00'",
                    "TIMESTAMP '9999-12-31 23:59:59.999999'"),
            Line.of("VARIANT", "VARCHAR", "'{\"a\":[1,null]}'", "'null'"),
            Line.of("ARRAY<INT>", "INTEGER[]", "[]::INT[]", "[1, NULL]"),
            Line.of("MAP<STRING, INT>", "MAP(VARCHAR, INTEGER)", "MAP {'k': 1}", "MAP {'k': NULL::INT}"),
            Line.of(
                    "STRUCT<a: INT, b: ARRAY<STRING>>",
                    "STRUCT(a INTEGER, b VARCHAR[])",
                    "{'a': 1, 'b': ['x']}",
                    "{'a': NULL::INT, 'b': NULL::VARCHAR[]}"));

    @TempDir
    Path folder;

    @Test
    @Tag("AA-23")
    void write_everyType_isReadByBothReadersAndPrintedAsATable() throws Exception {
        List<String> table = new ArrayList<>(
                List.of("| Databricks type | in the file | DuckDB reads | parquet-java reads |", "|---|---|---|---|"));
        for (Line line : LINES) {
            List<ResultChunk> chunks = Chunks.of(line.sql(), 2048);
            Path file = write(line.type, chunks, table.size());
            assertThat(duckRows(file)).as(line.type).isEqualTo(Tables.rows(line.sql()));
            table.add(row(line.type, line.duckType, file, ArrowObjects.of(chunks)));
        }
        for (Special special : Special.values()) {
            List<ResultChunk> chunks = List.of(special.chunk());
            Path file = write(special.type, chunks, table.size());
            assertThat(duckRows(file)).as(special.type).isEqualTo(special.duckRows);
            table.add(row(special.type, special.duckType, file, ArrowObjects.of(chunks)));
        }
        Files.write(Files.createDirectories(Path.of("target")).resolve("parquet-types.md"), table);
    }

    private Path write(String type, List<ResultChunk> chunks, int number) {
        try (ObjectStore store = Tables.store(folder)) {
            List<WrittenFile> files = Tables.write(
                    chunks, TableWriterContext.of(store, "t" + number, Tables.schema(List.of("c"), List.of(type))));
            return folder.resolve(files.get(0).object().key().value());
        }
    }

    private static List<List<String>> duckRows(Path file) throws Exception {
        return Tables.rows("SELECT c FROM read_parquet('" + file + "')");
    }

    private static String row(String type, String duckType, Path file, List<List<@Nullable Object>> expected)
            throws Exception {
        assertThat(Tables.rows("SELECT column_type FROM (DESCRIBE FROM read_parquet('" + file + "'))"))
                .as(type)
                .isEqualTo(List.of(List.of(duckType)));
        assertThat(ParquetObjects.of(file)).as(type).isEqualTo(expected);
        ChunkStatistics.requireTrue(file);
        try (ParquetFileReader reader = ParquetObjects.open(file)) {
            String inFile = reader.getFileMetaData().getSchema().getType(0).toString();
            return "| `" + type + "` | `" + inFile.replaceAll("\\s+", " ") + "` | `" + duckType
                    + "` | the same values |";
        }
    }

    private record Line(String type, String duckType, String one, String other) {
        static Line of(String type, String duckType, String one, String other) {
            return new Line(type, duckType, one, other);
        }

        String sql() {
            return "SELECT * FROM (VALUES (" + one + "), (NULL), (" + other + ")) AS t(c)";
        }
    }

    /** Types whose Arrow form DuckDB does not make. */
    private enum Special {
        YEAR_MONTH("INTERVAL YEAR TO MONTH", "INTEGER", "-14", "25") {
            @Override
            FieldVector vector(BufferAllocator allocator) {
                IntervalYearVector vector = new IntervalYearVector("c", allocator);
                vector.allocateNew(3);
                vector.set(0, -14);
                vector.setNull(1);
                vector.set(2, 25);
                return vector;
            }
        },
        DAY_TIME("INTERVAL DAY TO SECOND", "BIGINT", "-90061000001", "1") {
            @Override
            FieldVector vector(BufferAllocator allocator) {
                Field field = new Field("c", FieldType.nullable(new ArrowType.Duration(TimeUnit.MICROSECOND)), null);
                DurationVector vector = new DurationVector(field, allocator);
                vector.allocateNew(3);
                vector.set(0, -90_061_000_001L);
                vector.setNull(1);
                vector.set(2, 1L);
                return vector;
            }
        },
        VOID("VOID", "INTEGER", null, null) {
            @Override
            FieldVector vector(BufferAllocator allocator) {
                return new NullVector("c", 3);
            }
        };

        private final String type;
        private final String duckType;
        private final List<List<String>> duckRows;

        Special(String type, String duckType, @Nullable String first, @Nullable String third) {
            this.type = type;
            this.duckType = duckType;
            this.duckRows = List.of(single(first), single(null), single(third));
        }

        private static List<String> single(@Nullable String value) {
            return java.util.Collections.singletonList(value);
        }

        abstract FieldVector vector(BufferAllocator allocator);

        ResultChunk chunk() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (BufferAllocator allocator = new RootAllocator();
                    FieldVector vector = vector(allocator)) {
                vector.setValueCount(3);
                VectorSchemaRoot root = VectorSchemaRoot.of(vector);
                try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
                    writer.writeBatch();
                }
            }
            return new ResultChunk(0, 0, 3, ByteBuffer.wrap(bytes.toByteArray()), () -> {});
        }
    }
}
