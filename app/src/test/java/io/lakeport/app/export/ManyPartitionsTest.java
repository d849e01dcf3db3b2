package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.sql.TableName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table whose rows lie in no order of their partitions, of which there are far more than can be open at once. */
@Tag("AA-29")
@Tag("AA-30")
class ManyPartitionsTest {
    private static final int PARTITIONS = 700;
    private static final int ROWS = 14_000;

    @TempDir
    static Path folder;

    private static ExportWorld world;
    private static Lakeport host;

    @BeforeAll
    static void start() throws Exception {
        world = new ExportWorld(folder);
        world.run("CREATE TABLE mixed AS SELECT id, (id * 7919) % " + PARTITIONS
                + " AS part, date_add(DATE'2024-01-01', CAST((id * 7919) % 731 AS INT)) AS day,"
                + " concat(md5(CAST(id AS STRING)), md5(CAST(id + 1 AS STRING)), md5(CAST(id + 2 AS STRING))) AS text"
                + " FROM range(" + ROWS + ")");
        host = world.host("small.json", "\"lanes\": 1, \"memory\": \"2MiB\"");
    }

    @AfterAll
    static void stop() {
        host.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "delta"})
    void export_rowsOfManyPartitionsMixed_makesHardlyMoreFilesThanPartitions(String format) {
        ExportManifest manifest = export(format, format, "part");

        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(manifest.files().size()).isBetween(PARTITIONS, PARTITIONS + PARTITIONS / 4);
        assertThat(host.tenant("acme")
                        .verify(world.files().resolve(format + "/"))
                        .problems())
                .isEmpty();
    }

    @Test
    void export_partsOfADateMixed_makesOneFileForEach() {
        ExportManifest manifest = export("months", "parquet", "year(day)", "month(day)");

        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(manifest.files().size()).isBetween(24, 30);
    }

    private static ExportManifest export(String folderName, String format, String... partitions) {
        ExportRequest request = ExportRequest.builder(
                        TableName.parse("mixed"), world.files().resolve(folderName + "/"))
                .format(format)
                .partitionBy(List.of(partitions))
                .build();
        return host.tenant("acme").export(request).orElseThrow();
    }
}
