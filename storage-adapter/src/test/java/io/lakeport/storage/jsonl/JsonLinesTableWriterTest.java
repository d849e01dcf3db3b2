package io.lakeport.storage.jsonl;

import static io.lakeport.storage.text.ExportFolder.rows;
import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import io.lakeport.storage.text.OddTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTableWriterTest {
    private static final String EVERY_TYPE = """
            SELECT * FROM (VALUES
              (true, (-128)::TINYINT, (-32768)::SMALLINT, (-2147483648)::INT, (-9223372036854775808)::BIGINT, 0.5::FLOAT,
               1.7976931348623157E308::DOUBLE, -0.05::DECIMAL(7,2), -123456789012345.678::DECIMAL(18,3),
               -99999999999999999999999999999999999.999::DECIMAL(38,3), 'naïve "🦆"\n', '\\x00\\xFF'::BLOB,
               DATE '1582-10-15', TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMP '2026-02-03 04:05:06.000007',
               [1, NULL, 3], MAP {'a': 1::BIGINT, 'b': NULL}, {'x': 5, 'y z': [{'k': 'v'}, NULL]},
               [[1], [], NULL], MAP {'m': MAP {'n': [true]}}),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL, NULL, NULL),
              (false, 0, 0, 0, 9223372036854775807, 0, -0.0, 0, 1, 0, '', ''::BLOB,
               DATE '9999-12-31', TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMP '0001-01-01 00:00:00',
               [], MAP {}, {'x': NULL, 'y z': []}, [NULL], MAP {'m': NULL}))
            AS t(b, i8, i16, i32, i64, f32, f64, d7, d18, d38, s, bin, dt, ts, ntz, list, map, struct, lists, maps)""";

    private static final ResultSchema SCHEMA = schema(
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
            "TIMESTAMP_NTZ",
            "list",
            "ARRAY<INT>",
            "map",
            "MAP<STRING, BIGINT>",
            "struct",
            "STRUCT<x: INT, `y z`: ARRAY<STRUCT<k: STRING>>>",
            "lists",
            "ARRAY<ARRAY<INT>>",
            "maps",
            "MAP<STRING, MAP<STRING, ARRAY<BOOLEAN>>>");

    private static final String TYPES = "{b: 'BOOLEAN', i8: 'TINYINT', i16: 'SMALLINT', i32: 'INT', i64: 'BIGINT',"
            + " f32: 'FLOAT', f64: 'DOUBLE', d7: 'DECIMAL(7,2)', d18: 'DECIMAL(18,3)', d38: 'DECIMAL(38,3)',"
            + " s: 'VARCHAR', bin: 'VARCHAR', dt: 'DATE', ts: 'TIMESTAMPTZ', ntz: 'TIMESTAMP', list: 'INT[]',"
            + " map: 'MAP(VARCHAR, BIGINT)', struct: 'STRUCT(x INT, \"y z\" STRUCT(k VARCHAR)[])', lists: 'INT[][]',"
            + " maps: 'MAP(VARCHAR, MAP(VARCHAR, BOOLEAN[]))'}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ExportFolder export;

    @BeforeEach
    void open() {
        export = new ExportFolder(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "none, jsonl, keep, auto",
        "gzip, jsonl.gz, drop, text",
        "zstd, jsonl.zst, keep, text",
    })
    void write_everyType_isReadBackExactlyByDuckDb(String compression, String ending, String nulls, String numbers)
            throws Exception {
        export.write(
                new JsonLinesTableWriterProvider(),
                Chunks.of(EVERY_TYPE, 2048),
                SCHEMA,
                List.of(),
                Map.of("compression", compression, "nulls", nulls, "exact_numbers", numbers));

        assertThat(rows("SELECT * REPLACE (from_base64(bin) AS bin) FROM read_json('" + folder + "/part-00000." + ending
                        + "', format = 'newline_delimited', columns = " + TYPES + ")"))
                .isEqualTo(rows(EVERY_TYPE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void write_oddTexts_comeBackAsTheyWere(boolean ascii) throws Exception {
        OddTexts texts = OddTexts.of(7, 60, 300);
        export.write(
                new JsonLinesTableWriterProvider(),
                List.of(texts.chunk()),
                texts.schema(),
                List.of(),
                Map.of("ascii", String.valueOf(ascii)));

        String content = Files.readString(folder.resolve("part-00000.jsonl"));
        List<List<String>> read = new ArrayList<>();
        // lines() would do as much, but here every separator of Unicode counts.
        for (String line : content.split("\\R")) {
            List<String> row = new ArrayList<>();
            JsonNode object = JSON.readTree(line);
            texts.names().forEach(name -> row.add(object.get(name).textValue()));
            read.add(row);
        }
        assertThat(read).isEqualTo(texts.rows());
        assertThat(content.chars().allMatch(c -> c < 0x7F)).isEqualTo(ascii);
    }

    @Test
    void write_whatJsonLeavesOpen_followsThePublishedRules() throws Exception {
        String sql = "SELECT MAP {1: 'a', 2: NULL} AS m, 'Infinity'::DOUBLE AS d, 'NaN'::FLOAT AS f,"
                + " MAP {[1]: DATE '2026-01-02'} AS k, '{\"a\" : 1.10,\n \"b\":[]}' AS v, 'not json' AS w, 1e9::DOUBLE AS e";
        ResultSchema schema = schema(
                "m",
                "MAP<INT, STRING>",
                "d",
                "DOUBLE",
                "f",
                "FLOAT",
                "k",
                "MAP<ARRAY<INT>, DATE>",
                "v",
                "VARIANT",
                "w",
                "VARIANT",
                "e",
                "DOUBLE");
        export.write(
                new JsonLinesTableWriterProvider(), Chunks.of(sql, 2048), schema, List.of(), Map.of("nulls", "drop"));
        assertThat(Files.readString(folder.resolve("part-00000.jsonl"))).isEqualTo("""
                {"m":{"1":"a","2":null},"d":"Infinity","f":"NaN","k":{"[1]":"2026-01-02"},\
                "v":{"a" : 1.10,  "b":[]},"w":"not json","e":1.0E9}
                """);

        Files.delete(folder.resolve("part-00000.jsonl"));
        export.write(
                new JsonLinesTableWriterProvider(),
                Chunks.of(sql, 2048),
                schema,
                List.of(),
                Map.of("maps", "entries", "non_finite", "null"));
        assertThat(Files.readString(folder.resolve("part-00000.jsonl"))).isEqualTo("""
                {"m":[{"key":1,"value":"a"},{"key":2,"value":null}],"d":null,"f":null,\
                "k":[{"key":[1],"value":"2026-01-02"}],"v":{"a" : 1.10,  "b":[]},"w":"not json","e":1.0E9}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "auto; {\"i\":9007199254740993,\"d\":1.10,\"e\":\"1.1000000000000000\"}",
                "number; {\"i\":9007199254740993,\"d\":1.10,\"e\":1.1000000000000000}",
                "text; {\"i\":\"9007199254740993\",\"d\":\"1.10\",\"e\":\"1.1000000000000000\"}",
            })
    void write_exactNumbers_areStringsWhereTheRuleSaysSo(String rule, String line) throws Exception {
        export.write(
                new JsonLinesTableWriterProvider(),
                Chunks.of("SELECT 9007199254740993 AS i, 1.10::DECIMAL(4,2) AS d, 1.1::DECIMAL(17,16) AS e", 2048),
                schema("i", "BIGINT", "d", "DECIMAL(4,2)", "e", "DECIMAL(17,16)"),
                List.of(),
                Map.of("exact_numbers", rule));
        assertThat(folder.resolve("part-00000.jsonl")).hasContent(line);
    }

    @Test
    void open_unknownOption_isRefusedWithTheNearest() {
        assertThatThrownBy(() -> export.write(
                        new JsonLinesTableWriterProvider(),
                        List.of(),
                        schema("a", "INT"),
                        List.of(),
                        Map.of("null", "drop")))
                .hasMessageContaining("did you mean 'nulls'");
    }
}
