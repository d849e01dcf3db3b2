package io.lakeport.storage.csv;

import static io.lakeport.storage.text.ExportFolder.rows;
import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import io.lakeport.storage.text.OddTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableWriterTest {
    private static final String FLAT = """
            SELECT * FROM (VALUES
              (true, (-128)::TINYINT, (-32768)::SMALLINT, (-2147483648)::INT, (-9223372036854775808)::BIGINT, 1.17549435E-38::FLOAT,
               'NaN'::DOUBLE, -0.05::DECIMAL(7,2), -123456789012345.678::DECIMAL(18,3),
               -99999999999999999999999999999999999.999::DECIMAL(38,3), 'naïve "🦆", ok', '\\x00\\xFF'::BLOB,
               DATE '1582-10-15', TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMP '2026-02-03 04:05:06.000007'),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
              (false, 0, 0, 0, 9223372036854775807, '-Infinity', 1.7976931348623157E308, 0, 1, 0, '', ''::BLOB,
               DATE '9999-12-31', TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMP '0001-01-01 00:00:00'))
            AS t(b, i8, i16, i32, i64, f32, f64, d7, d18, d38, s, bin, dt, ts, ntz)""";

    private static final String NESTED = """
            SELECT * FROM (VALUES
              ([1, NULL, 3], MAP {'a"b': 1::BIGINT, 'b': NULL}, {'x': 1.50::DECIMAL(4,2), 'y z': ['k,v']}),
              ([], MAP {}, NULL)) AS t(l, m, s)""";

    @TempDir
    Path folder;

    private ExportFolder export;

    @BeforeEach
    void open() {
        export = new ExportFolder(folder);
    }

    private static final String TYPES = "{b: 'BOOLEAN', i8: 'TINYINT', i16: 'SMALLINT', i32: 'INT', i64: 'BIGINT',"
            + " f32: 'FLOAT', f64: 'DOUBLE', d7: 'DECIMAL(7,2)', d18: 'DECIMAL(18,3)', d38: 'DECIMAL(38,3)',"
            + " s: 'VARCHAR', bin: 'VARCHAR', dt: 'DATE', ts: 'TIMESTAMPTZ', ntz: 'TIMESTAMP'}";

    @ParameterizedTest
    @CsvSource({"none, crlf, csv", "gzip, lf, csv.gz", "zstd, crlf, csv.zst"})
    void write_everyFlatType_isReadBackExactlyByDuckDb(String compression, String lineEnd, String ending)
            throws Exception {
        List<WrittenFile> files = export.write(
                new CsvTableWriterProvider(),
                Chunks.of(FLAT, 2048),
                schema(
                        "b",
                        "BOOLEAN",
                        "i8",
                        "TINYINT",
                        "i16",
                        "SMALLINT",
                        "i32",
                        "INT",
                        "i64",
                        "BIGINT",
                        "f32",
                        "FLOAT",
                        "f64",
                        "DOUBLE",
                        "d7",
                        "DECIMAL(7,2)",
                        "d18",
                        "DECIMAL(18,3)",
                        "d38",
                        "DECIMAL(38,3)",
                        "s",
                        "STRING",
                        "bin",
                        "BINARY",
                        "dt",
                        "DATE",
                        "ts",
                        "TIMESTAMP",
                        "ntz",
                        "TIMESTAMP_NTZ"),
                List.of(),
                Map.of("compression", compression, "line_end", lineEnd));

        assertThat(files)
                .singleElement()
                .satisfies(file -> assertThat(file.object().key().value()).isEqualTo("part-00000." + ending));
        assertThat(rows("SELECT * REPLACE (from_base64(bin) AS bin) FROM read_csv('" + folder + "/part-00000." + ending
                        + "', header = true, columns = " + TYPES + ", allow_quoted_nulls = false, quote = '\"',"
                        + " escape = '\"', auto_detect = false, delim = ',')"))
                .isEqualTo(rows(FLAT));
    }

    @Test
    void write_nestedValues_areJsonInOneCell() throws Exception {
        export.write(
                new CsvTableWriterProvider(),
                Chunks.of(NESTED, 2048),
                schema(
                        "l",
                        "ARRAY<INT>",
                        "m",
                        "MAP<STRING, BIGINT>",
                        "s",
                        "STRUCT<x: DECIMAL(4,2), `y z`: ARRAY<STRING>>"),
                List.of(),
                Map.of("line_end", "lf"));

        assertThat(Files.readString(folder.resolve("part-00000.csv"))).isEqualTo("""
                l,m,s
                "[1,null,3]","{""a\\""b"":1,""b"":null}","{""x"":1.50,""y z"":[""k,v""]}"
                [],{},
                """);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void write_oddTexts_comeBackAsTheyWere(long seed) throws Exception {
        OddTexts texts = OddTexts.of(seed, 60, 300);
        export.write(new CsvTableWriterProvider(), List.of(texts.chunk()), texts.schema(), List.of(), Map.of());

        String types = texts.names().stream()
                .map(name -> "'" + name.replace("'", "''") + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        assertThat(rows("SELECT * FROM read_csv('" + folder + "/*.csv', header = true, auto_detect = false,"
                        + " delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', allow_quoted_nulls = false,"
                        + " parallel = false, columns = " + types + ")"))
                .isEqualTo(texts.rows());
    }

    @Test
    void write_marksOfTheCaller_separateNullFromTextThatLooksLikeIt() throws Exception {
        export.write(
                new CsvTableWriterProvider(),
                Chunks.of("SELECT * FROM (VALUES ('NULL', 'a;b'), (NULL, 'it''s'), ('', '''')) t(a, b)", 2048),
                schema("a", "STRING", "b", "STRING"),
                List.of(),
                Map.of("delimiter", ";", "quote", "'", "null", "NULL", "header", "false", "line_end", "lf"));

        assertThat(Files.readString(folder.resolve("part-00000.csv"))).isEqualTo("""
                'NULL';'a;b'
                NULL;'it''s'
                '';''''
                """);
    }

    @Test
    void write_aLoneNull_isRefusedRatherThanLost() throws Exception {
        assertThatThrownBy(() -> export.write(
                        new CsvTableWriterProvider(),
                        Chunks.of("SELECT NULL::INT AS a", 2048),
                        schema("a", "INT"),
                        List.of(),
                        Map.of()))
                .hasMessageContaining("empty line");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void open_unknownOrIllegalOptions_areRefusedWithTheNearest() {
        assertThatThrownBy(() -> export.write(
                        new CsvTableWriterProvider(),
                        List.of(),
                        schema("a", "INT"),
                        List.of(),
                        Map.of("delimeter", ";")))
                .hasMessageContaining("did you mean 'delimiter'");
        for (Map<String, String> options : List.of(
                Map.of("delimiter", "ab"),
                Map.of("delimiter", "1"),
                Map.of("quote", ","),
                Map.of("null", "a,b"),
                Map.of("compression", "brotli"),
                Map.of("line_end", "cr"),
                Map.of("binary", "octal"))) {
            assertThatThrownBy(() -> export.write(
                            new CsvTableWriterProvider(), List.of(), schema("a", "INT"), List.of(), options))
                    .as("%s", options)
                    .hasMessageContaining("of format csv is '");
        }
    }
}
