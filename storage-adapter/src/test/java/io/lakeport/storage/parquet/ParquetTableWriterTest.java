package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableWriterTest {
    private static final String EVERY_TYPE = """
            SELECT * FROM (VALUES
              (true, 1::TINYINT, -2::SMALLINT, 3::INT, 9223372036854775807::BIGINT, 0.5::FLOAT, 'NaN'::DOUBLE,
               12345.67::DECIMAL(7,2), -123456789012345.678::DECIMAL(18,3),
               99999999999999999999999999999999999.999::DECIMAL(38,3),
               'naïve 🦆', '\\x00\\xFF'::BLOB, DATE '1582-10-15', TIMESTAMPTZ '1969-12-31 23:59:59.999999+00',
               TIMESTAMP '2026-02-03 04:05:06.000007',
               [1, NULL, 3], MAP {'a': 1::BIGINT, 'b': NULL}, {'x': 5, 'y z': [{'k': 'v'}, NULL]},
               [[1], [], NULL], MAP {'m': MAP {'n': [true]}}),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, NULL, NULL),
              (false, 0, 0, 0, 0, 0, -0.0, 0::DECIMAL(7,2), 0, 0, '', ''::BLOB, DATE '9999-12-31',
               TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMP '0001-01-01 00:00:00',
               [], MAP {}, {'x': NULL, 'y z': []}, [NULL], MAP {'m': NULL}))
            AS t(b, i8, i16, i32, i64, f32, f64, d7, d18, d38, s, bin, dt, ts, ntz, list, map, struct, lists, maps)""";

    private static final List<String> EVERY_TYPE_TEXTS = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(7,2)",
            "DECIMAL(18,3)",
            "DECIMAL(38,3)",
            "STRING",
            "BINARY",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "ARRAY<INT>",
            "MAP<STRING, BIGINT>",
            "STRUCT<x: INT, `y z`: ARRAY<STRUCT<k: STRING>>>",
            "ARRAY<ARRAY<INT>>",
            "MAP<STRING, MAP<STRING, ARRAY<BOOLEAN>>>");

    private static final List<String> EVERY_TYPE_NAMES = List.of(
            "b", "i8", "i16", "i32", "i64", "f32", "f64", "d7", "d18", "d38", "s", "bin", "dt", "ts", "ntz", "list",
            "map", "struct", "lists", "maps");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "uncompressed"})
    @Tag("AA-23")
    void write_everyType_isReadBackByDuckDb(String compression) throws Exception {
        ResultSchema schema = Tables.schema(EVERY_TYPE_NAMES, EVERY_TYPE_TEXTS);

        List<WrittenFile> files =
                write(Chunks.of(EVERY_TYPE, 2048), schema, List.of(), Map.of("compression", compression));

        assertThat(files)
                .singleElement()
                .satisfies(file -> assertThat(file.rows()).isEqualTo(3));
        assertThat(Tables.rows("SELECT * FROM read_parquet('" + folder + "/**/*.parquet')"))
                .isEqualTo(Tables.rows(EVERY_TYPE));
        assertThat(Tables.rows("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('" + folder
                        + "/**/*.parquet'))"))
                .isEqualTo(Tables.rows("SELECT column_name, column_type FROM (DESCRIBE " + EVERY_TYPE + ")"));
        assertThat(Tables.rows("SELECT decode(value) FROM parquet_kv_metadata('" + folder + "/part-00000.parquet')"))
                .asString()
                .contains("\"name\":\"d38\",\"type\":\"decimal(38,3)\"", "\"name\":\"ntz\",\"type\":\"timestamp_ntz\"");
    }

    @Test
    @Tag("AA-29")
    @Tag("AA-30")
    void write_oddPartitionValues_areReadBackByTheirDirectories() throws Exception {
        String sql = """
                SELECT * FROM (VALUES ('a/b', 1, 1), ('x=y', 2, 1), ('ü 100%', 3, 2), (NULL, 4, 2), ('', 5, 3),
                  ('#?:*', 6, 3), ('a/b', 7, 1)) AS t("p 1", v, q)""";
        ResultSchema schema = Tables.schema(List.of("p 1", "v", "q"), List.of("STRING", "INT", "INT"));

        List<WrittenFile> files = write(Chunks.of(sql, 2048), schema, List.of("q", "p 1"), Map.of());

        assertThat(files).hasSize(6);
        assertThat(files)
                .extracting(file -> file.object().key().value())
                .contains("q=1/p 1=a%2Fb/part-00000.parquet")
                .isSorted();
        assertThat(Tables.rows("SELECT \"p 1\", v, q FROM read_parquet('" + folder
                        + "/**/*.parquet', hive_partitioning = true) ORDER BY v"))
                .isEqualTo(Tables.rows("SELECT nullif(\"p 1\", ''), v, q FROM (" + sql + ") ORDER BY v"));
    }

    @Test
    void write_severalRowGroupsAndFiles_keepsOrderAndValues() throws Exception {
        String sql = "SELECT i AS v, md5(i::VARCHAR) AS s, CASE WHEN i % 3 = 0 THEN NULL ELSE [i, -i] END AS l"
                + " FROM range(300000) t(i)";
        ResultSchema schema = Tables.schema(List.of("v", "s", "l"), List.of("BIGINT", "STRING", "ARRAY<BIGINT>"));

        List<WrittenFile> files = write(
                Chunks.of(sql, 122_880),
                schema,
                List.of(),
                Map.of("row_group_bytes", "1048576", "max_file_bytes", "4194304"));

        assertThat(files).hasSizeGreaterThan(1);
        String read = "SELECT v, s, l FROM read_parquet('" + folder + "/*.parquet')";
        assertThat(Tables.rows("SELECT count(*), sum(hash(v, s, l)::HUGEINT) FROM (" + read + ")"))
                .isEqualTo(Tables.rows("SELECT count(*), sum(hash(v, s, l)::HUGEINT) FROM (" + sql + ")"));
        assertThat(Tables.rows("SELECT count(DISTINCT (file_name, row_group_id)) > 2 FROM parquet_metadata('" + folder
                        + "/*.parquet')"))
                .isEqualTo(List.of(List.of("true")));
    }

    @Test
    void write_withBloomFilters_tellsWhatIsNotThere() throws Exception {
        String sql =
                "SELECT i * 3 AS v, md5(i::VARCHAR) AS s, (i % 7)::INT AS d, ['e' || i] AS l FROM range(5000) t(i)";
        ResultSchema schema =
                Tables.schema(List.of("v", "s", "d", "l"), List.of("BIGINT", "STRING", "INT", "ARRAY<STRING>"));

        write(
                Chunks.of(sql, 2048),
                schema,
                List.of(),
                Map.of("bloom_filter_columns", "v, s,d,l.list.element", "field_ids", "true"));

        String file = folder + "/part-00000.parquet";
        for (String probe : List.of("'v', 300", "'s', md5('17')", "'d', 3::INT")) {
            assertThat(excluded(file, probe)).as(probe).isEqualTo(List.of(List.of("false")));
        }
        for (String probe : List.of("'v', 301", "'s', 'x'", "'d', 9::INT")) {
            assertThat(excluded(file, probe)).as(probe).isEqualTo(List.of(List.of("true")));
        }
        assertThat(Tables.rows("SELECT count(bloom_filter_offset) FROM parquet_metadata('" + file + "')"))
                .isEqualTo(List.of(List.of("4")));
        assertThat(Tables.rows("SELECT name, field_id FROM parquet_schema('" + file + "') WHERE field_id IS NOT NULL"))
                .containsExactly(
                        List.of("v", "1"),
                        List.of("s", "2"),
                        List.of("d", "3"),
                        List.of("l", "4"),
                        List.of("element", "5"));
        assertThatThrownBy(() -> write(Chunks.of(sql, 2048), schema, List.of(), Map.of("bloom_filter_columns", "vv")))
                .hasMessageContaining("'vv', did you mean 'v'");
    }

    private static List<List<String>> excluded(String file, String probe) throws Exception {
        return Tables.rows("SELECT bloom_filter_excludes FROM parquet_bloom_probe('" + file + "', " + probe + ")");
    }

    @Test
    void finish_withoutRows_writesTheSchemaAlone() throws Exception {
        List<WrittenFile> files =
                write(List.of(), Tables.schema(EVERY_TYPE_NAMES, EVERY_TYPE_TEXTS), List.of(), Map.of());

        assertThat(files)
                .singleElement()
                .satisfies(file -> assertThat(file.rows()).isZero());
        assertThat(Tables.rows("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('" + folder
                        + "/*.parquet'))"))
                .isEqualTo(Tables.rows("SELECT column_name, column_type FROM (DESCRIBE " + EVERY_TYPE + ")"));
        assertThat(write(List.of(), Tables.schema(List.of("p", "v"), List.of("INT", "INT")), List.of("p"), Map.of()))
                .isEmpty();
    }

    @Test
    void close_beforeFinish_leavesNoFile() throws Exception {
        ResultSchema schema = Tables.schema(List.of("v"), List.of("BIGINT"));
        try (ObjectStore store = Tables.store(folder);
                TableWriter writer = writer(store, schema, List.of(), Map.of())) {
            writer.write(Chunks.of("SELECT * FROM range(1000)", 2048).get(0));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void open_whatCannotBeWritten_isRefusedByName() {
        assertRefused(
                Tables.schema(List.of("a", "A"), List.of("INT", "INT")), List.of(), Map.of(), "two columns named 'A'");
        ResultSchema one = Tables.schema(List.of("a", "d"), List.of("INT", "DOUBLE"));
        assertRefused(one, List.of("x"), Map.of(), "'x' does not exist");
        assertRefused(one, List.of("d"), Map.of(), "'d' is DOUBLE");
        assertRefused(one, List.of(), Map.of("compresion", "snappy"), "did you mean 'compression'");
        assertRefused(one, List.of(), Map.of("compression", "brotli"), "snappy, zstd or uncompressed");
        assertRefused(one, List.of(), Map.of("row_group_bytes", "12"), "at least 65536");
        assertRefused(Tables.schema(List.of("a"), List.of("INT")), List.of("a"), Map.of(), "at least one must stay");
    }

    private void assertRefused(
            ResultSchema schema, List<String> partitionBy, Map<String, String> options, String message) {
        try (ObjectStore store = Tables.store(folder)) {
            assertThatThrownBy(() -> writer(store, schema, partitionBy, options))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                    .hasMessageContaining(message);
        }
    }

    private List<WrittenFile> write(
            List<ResultChunk> chunks, ResultSchema schema, List<String> partitionBy, Map<String, String> options) {
        try (ObjectStore store = Tables.store(folder)) {
            return Tables.write(
                    chunks,
                    TableWriterContext.of(store, "part", schema)
                            .partitionedBy(partitionBy)
                            .withOptions(options));
        }
    }

    private static TableWriter writer(
            ObjectStore store, ResultSchema schema, List<String> partitionBy, Map<String, String> options) {
        return new ParquetTableWriterProvider()
                .open(TableWriterContext.of(store, "part", schema)
                        .partitionedBy(partitionBy)
                        .withOptions(options));
    }
}
