package io.lakeport.storage.arrow;

import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

class ArrowTableWriterTest {
    private static final String EVERY_TYPE = """
            SELECT i % 3 AS p, CASE WHEN i % 7 = 0 THEN NULL ELSE i % 2 = 0 END AS b, (i % 100)::TINYINT AS i8,
              i::SMALLINT AS i16, i::INT AS i32, -i AS i64, i::FLOAT / 3 AS f32, i::DOUBLE / 7 AS f64,
              (i / 8)::DECIMAL(38,3) AS d, CASE WHEN i % 5 = 0 THEN NULL ELSE repeat('ü', (i % 4)::INT) END AS s,
              ('b' || i)::BLOB AS bin, DATE '2026-01-01' + i::INT AS dt, make_timestamptz(i * 1000003) AS ts,
              make_timestamp(-i * 1000003) AS ntz,
              CASE WHEN i % 4 = 0 THEN NULL ELSE [i, NULL, -i][1:(i % 4)::INT] END AS l,
              CASE WHEN i % 6 = 0 THEN NULL ELSE MAP {'k' || i: [i]} END AS m,
              CASE WHEN i % 3 = 0 THEN NULL ELSE {'x': i, 'y': [{'z': 's' || i}, NULL]} END AS st, NULL AS v
            FROM range(ROWS) t(i)""";

    private static final ResultSchema SCHEMA = schema(
            "p",
            "BIGINT",
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
            "d",
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
            "l",
            "ARRAY<BIGINT>",
            "m",
            "MAP<STRING, ARRAY<BIGINT>>",
            "st",
            "STRUCT<x: BIGINT, y: ARRAY<STRUCT<z: STRING>>>",
            "v",
            "INT");

    @TempDir
    Path folder;

    private ExportFolder export;

    @BeforeEach
    void open() {
        export = new ExportFolder(folder);
    }

    @ParameterizedTest
    @CsvSource({"file, arrow", "stream, arrows"})
    void write_everyType_copiesTheBatchesAndOneSchema(String form, String ending) throws Exception {
        List<ResultChunk> chunks = Chunks.of(everyType(5000), 2048);
        List<WrittenFile> files =
                export.write(new ArrowTableWriterProvider(), chunks, SCHEMA, List.of(), Map.of("form", form));

        assertThat(files)
                .singleElement()
                .satisfies(file -> assertThat(file.rows()).isEqualTo(5000));
        Path path = folder.resolve("part-00000." + ending);
        ArrowReads read = ArrowReads.file(path);
        List<String> expected = new ArrayList<>();
        for (ResultChunk chunk : chunks) {
            expected.addAll(ArrowReads.chunk(chunk).rows());
        }
        assertThat(read.rows()).isEqualTo(expected);
        assertThat(read.batches()).isEqualTo(chunks.size());
        assertThat(read.schema()).isEqualTo(ArrowReads.chunk(chunks.get(0)).schema());
        String content = Files.readString(path, StandardCharsets.ISO_8859_1);
        for (ResultChunk chunk : chunks) {
            ByteBuffer body = IpcMessage.batches(chunk.data()).get(0).body();
            assertThat(content.contains(StandardCharsets.ISO_8859_1.decode(body)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "stream"})
    void write_byPartition_gathersItsRows(String form) throws Exception {
        export.write(
                new ArrowTableWriterProvider(),
                Chunks.of(everyType(4500), 1024),
                SCHEMA,
                List.of("p"),
                Map.of("form", form));

        for (int p = 0; p < 3; p++) {
            List<String> expected = new ArrayList<>();
            for (ResultChunk chunk :
                    Chunks.of("SELECT * EXCLUDE (p) FROM (" + everyType(4500) + ") WHERE p = " + p, 2048)) {
                expected.addAll(ArrowReads.chunk(chunk).rows());
            }
            List<String> read = new ArrayList<>();
            for (WrittenFile file : filesOf("p=" + p + "/")) {
                read.addAll(ArrowReads.file(folder.resolve(file.object().key().value()))
                        .rows());
            }
            assertThat(read).isEqualTo(expected).hasSize(1500);
        }
    }

    private static String everyType(int rows) {
        return EVERY_TYPE.replace("ROWS", String.valueOf(rows));
    }

    private List<WrittenFile> filesOf(String prefix) {
        try (var store = export.store()) {
            return store.list(prefix).stream()
                    .map(info -> new WrittenFile(info, 0, Map.of()))
                    .toList();
        }
    }

    @Test
    void write_beyondTheFileSize_goesOnInAnother() throws Exception {
        List<WrittenFile> files = export.write(
                new ArrowTableWriterProvider(),
                Chunks.of(everyType(5000), 1024),
                SCHEMA,
                List.of(),
                Map.of("max_file_bytes", "65536"));

        assertThat(files).hasSize(5);
        assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(5000);
    }

    @Test
    void finish_withoutRows_writesTheSchemaAlone() throws Exception {
        export.write(new ArrowTableWriterProvider(), List.of(), SCHEMA, List.of(), Map.of());

        ArrowReads read = ArrowReads.file(folder.resolve("part-00000.arrow"));
        assertThat(read.rows()).isEmpty();
        assertThat(read.schema().getFields())
                .extracting(field -> field.getName())
                .containsExactlyElementsOf(
                        SCHEMA.columns().stream().map(column -> column.name()).toList());
    }

    @Test
    void write_anotherSchema_isRefused() throws Exception {
        List<ResultChunk> chunks = new ArrayList<>(Chunks.of("SELECT 1::INT AS a", 2048));
        chunks.addAll(Chunks.of("SELECT 'x' AS a", 2048));
        assertThatThrownBy(() ->
                        export.write(new ArrowTableWriterProvider(), chunks, schema("a", "INT"), List.of(), Map.of()))
                .hasMessageContaining("where the first one had");
        assertThat(folder).isEmptyDirectory();
    }
}
