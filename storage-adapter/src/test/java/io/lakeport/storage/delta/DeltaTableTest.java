package io.lakeport.storage.delta;

import static io.lakeport.core.manifest.ExportMode.APPEND;
import static io.lakeport.core.manifest.ExportMode.CREATE;
import static io.lakeport.core.manifest.ExportMode.OVERWRITE;
import static io.lakeport.core.manifest.ExportMode.OVERWRITE_PARTITIONS;
import static io.lakeport.storage.text.ExportFolder.rows;
import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.storage.parquet.Chunks;
import io.lakeport.storage.text.ExportFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableTest {
    private static final ResultSchema ROWS = schema("p", "STRING", "v", "BIGINT");

    private static final String EVERY_TYPE = """
            SELECT * FROM (VALUES
              (true, 1::TINYINT, (-2)::SMALLINT, 3::INT, 9223372036854775807::BIGINT, 0.5::FLOAT, 1.5::DOUBLE,
               12345.67::DECIMAL(7,2), 99999999999999999999999999999999999.999::DECIMAL(38,3), 'naïve 🦆',
               '\\x00\\xFF'::BLOB, DATE '1970-01-03', TIMESTAMPTZ '1969-12-31 23:59:59.999999+00',
               TIMESTAMP '1970-01-01 00:00:00.000007', [1, NULL], MAP {'a': 1::BIGINT}, '{"k":1}'),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
               NULL)) AS t(b, i8, i16, i32, i64, f32, f64, d7, d38, s, bin, dt, ts, ntz, l, m, x)""";

    @TempDir
    Path folder;

    private DeltaFolder table(ResultSchema schema, String... partitionBy) {
        return new DeltaFolder(new ExportFolder(folder).store(), schema, List.of(partitionBy));
    }

    @Test
    void publish_everyType_isInTheSchemaAndInTheFiles() throws Exception {
        DeltaFolder table = table(schema(
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
                "l",
                "ARRAY<INT>",
                "m",
                "MAP<STRING, BIGINT>",
                "x",
                "VARIANT"));
        table.export(CREATE, 1, EVERY_TYPE);

        assertThat(rows("SELECT * FROM read_parquet(" + table.activeFiles(folder) + ")"))
                .isEqualTo(rows(EVERY_TYPE));
        assertThat(table.snapshot().getSchema().toJson())
                .contains(
                        "{\"name\":\"i8\",\"type\":\"byte\"",
                        "{\"name\":\"d38\",\"type\":\"decimal(38,3)\"",
                        "{\"name\":\"ts\",\"type\":\"timestamp\"",
                        "{\"name\":\"ntz\",\"type\":\"timestamp_ntz\"",
                        "{\"name\":\"x\",\"type\":\"string\"");
        assertThat(table.snapshot().getProtocol().getReaderFeatures()).contains("timestampNtz");
    }

    @Test
    @Tag("AA-24")
    void publish_overwrite_leavesOnlyTheNewRowsAndTwiceIsOnce() throws Exception {
        DeltaFolder table = table(ROWS);
        table.export(OVERWRITE, 1, "SELECT 'a' AS p, i AS v FROM range(3) t(i)");
        ExportManifest second = table.write(OVERWRITE, 2, "SELECT 'b' AS p, i AS v FROM range(2) t(i)");
        assertThat(table.rows()).as("before it is published").containsExactly("a|0", "a|1", "a|2");

        table.publish(second);
        table.publish(second);

        assertThat(table.rows()).containsExactly("b|0", "b|1");
        assertThat(table.snapshot().getVersion()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("_delta_log/00000000000000000001.json")))
                .contains("\"remove\"", "\"appId\":\"lakeport:run2\",\"version\":2", "numRecords\\\":2");
    }

    @Test
    void publish_append_addsAndTwiceIsOnce() throws Exception {
        DeltaFolder table = table(ROWS);
        for (int run = 1; run <= 3; run++) {
            ExportManifest manifest = table.write(APPEND, run, "SELECT 'r" + run + "' AS p, 7::BIGINT AS v");
            table.publish(manifest);
            table.publish(manifest);
        }
        assertThat(table.rows()).containsExactly("r1|7", "r2|7", "r3|7");
        assertThat(table.snapshot().getVersion()).isEqualTo(2);
    }

    @Test
    void publish_overwritePartitions_replacesThoseAndNoOther() throws Exception {
        DeltaFolder table = table(schema("p", "STRING", "t", "TIMESTAMP", "v", "BIGINT"), "p", "t");
        String rows = "SELECT p, make_timestamptz(1500000) AS t, v FROM (VALUES %s) t(p, v)";
        table.export(CREATE, 1, rows.formatted("('a/b ü', 1::BIGINT), (NULL, 2), ('c', 3), ('d', 4)"));
        assertThat(table.rows()).containsExactly("a/b ü|1500000|1", "c|1500000|3", "d|1500000|4", "null|1500000|2");

        String t = "1970-01-01 00:00:01.5";
        table.publish(table.write(
                OVERWRITE_PARTITIONS,
                2,
                Chunks.of(rows.formatted("('a/b ü', 10::BIGINT), (NULL, 20)"), 2048),
                Set.of(
                        Map.of("p", "a/b ü", "t", t),
                        Map.of("p", "__HIVE_DEFAULT_PARTITION__", "t", t),
                        // Its rows are all gone.
                        Map.of("p", "c", "t", t))));

        assertThat(table.rows()).containsExactly("a/b ü|1500000|10", "d|1500000|4", "null|1500000|20");
    }

    @Test
    void publish_newColumn_isAddedAndOldRowsHaveNull() throws Exception {
        table(ROWS).export(CREATE, 1, "SELECT 'a' AS p, 1::BIGINT AS v");
        DeltaFolder wider = table(schema("p", "STRING", "v", "BIGINT", "w", "ARRAY<INT>"));
        wider.export(APPEND, 2, "SELECT 'b' AS p, 2::BIGINT AS v, [1, 2] AS w");
        assertThat(wider.rows()).containsExactly("a|1|null", "b|2|[1, 2]");

        // A run without the column again.
        table(ROWS).export(APPEND, 3, "SELECT 'c' AS p, 3::BIGINT AS v");
        assertThat(wider.rows()).containsExactly("a|1|null", "b|2|[1, 2]", "c|3|null");
    }

    @Test
    void publish_whatDoesNotFit_isRefusedAndChangesNothing() throws Exception {
        table(ROWS).export(CREATE, 1, "SELECT 'a' AS p, 1::BIGINT AS v");

        assertConflict(table(ROWS).write(CREATE, 2, "SELECT 'b' AS p, 2::BIGINT AS v"), "already");
        assertConflict(
                table(schema("p", "STRING", "v", "INT")).write(OVERWRITE, 3, "SELECT 'b' AS p, 2::INT AS v"),
                "column 'v' is long in the table and integer in the export");
        assertConflict(table(ROWS, "p").write(APPEND, 4, "SELECT 'b' AS p, 2::BIGINT AS v"), "partitioned by");

        assertThat(table(ROWS).rows()).containsExactly("a|1");
        assertThat(table(ROWS).snapshot().getVersion()).isZero();
    }

    private void assertConflict(ExportManifest manifest, String message) {
        assertThatThrownBy(() -> table(ROWS).publish(manifest))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT))
                .hasMessageContaining(message);
    }

    @Test
    void publish_manyRuns_isReadThroughACheckpoint() throws Exception {
        DeltaFolder table = table(ROWS);
        List<ExportManifest> manifests = new ArrayList<>();
        for (int run = 1; run <= 12; run++) {
            manifests.add(table.write(APPEND, run, "SELECT 'r' AS p, " + run + "::BIGINT AS v"));
            table.publish(manifests.get(run - 1));
        }
        assertThat(folder.resolve("_delta_log/00000000000000000010.checkpoint.parquet"))
                .exists();
        for (int version = 0; version < 10; version++) {
            Files.delete(folder.resolve("_delta_log/%020d.json".formatted(version)));
        }
        assertThat(table.rows()).hasSize(12);
        table.publish(manifests.get(2));
        assertThat(table.snapshot().getVersion())
                .as("run 3 is known from the checkpoint")
                .isEqualTo(11);
    }

    @Test
    void open_whatDeltaCannotHold_isRefused() throws Exception {
        assertThatThrownBy(() -> table(schema("a b", "INT")).write(CREATE, 1, "SELECT 1 AS a"))
                .hasMessageContaining("'a b' has a blank");
        assertThatThrownBy(() -> table(schema("a", "ARRAY<INT>")).write(CREATE, 1, "SELECT '[1]' AS a"))
                .hasMessageContaining("arrived as JSON text");
        assertThat(folder).isEmptyDirectory();
    }
}
