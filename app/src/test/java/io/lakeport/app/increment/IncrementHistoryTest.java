package io.lakeport.app.increment;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.request.Increment.FeedUse;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.testkit.workspace.LocalWorkspace;
import io.lakeport.testkit.workspace.WorkspaceTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random histories in a real engine, exported as real Parquet, read by another engine: equal to the source each time. */
@LocalWorkspace
class IncrementHistoryTest {
    private static final List<String> PARTS = List.of(
            "'de'", "NULL", "''", "'a/b=c'", "'50% \"q\" \\'x\\' {1}'", "'ü–語'", "'__HIVE_DEFAULT_PARTITION__'");

    /** A directory spells these alike. */
    private static final String PART =
            "CASE WHEN part IN ('', '__HIVE_DEFAULT_PARTITION__') THEN NULL ELSE part END AS part";

    @TempDir
    Path folder;

    /** How an export takes increments, and what may happen to a table that it follows. */
    private enum Way {
        WATERMARK_MERGE("iiuuul", List.of("id")),
        WATERMARK_APPEND("iiil", List.of()),
        FEED_MERGE("iiuuddk", List.of("id")),
        FEED_PARTITIONS("iiuummdd", List.of()),
        WATERMARK_PARTITIONS("iiuuul", List.of());

        private final String changes;
        private final List<String> keys;

        Way(String changes, List<String> keys) {
            this.changes = changes;
            this.keys = keys;
        }

        ExportRequest of(ExportRequest.Builder request) {
            request.keys(keys);
            switch (this) {
                case WATERMARK_MERGE, WATERMARK_APPEND ->
                    request.increment(Increment.along("updated_at").lookingBack(Duration.ofHours(1)));
                case FEED_MERGE ->
                    request.increment(Increment.along("updated_at").withFeed(FeedUse.PREFER));
                case FEED_PARTITIONS ->
                    request.increment(Increment.byFeed())
                            .mode(ExportMode.OVERWRITE_PARTITIONS)
                            .partitionBy(List.of("part", "hour(updated_at)"));
                case WATERMARK_PARTITIONS ->
                    request.increment(Increment.along("updated_at").lookingBack(Duration.ofHours(1)))
                            .mode(ExportMode.OVERWRITE_PARTITIONS)
                            .partitionBy(List.of("part"));
            }
            return request.build();
        }
    }

    @ParameterizedTest
    @Tag("BI-08")
    @Tag("BI-13")
    @CsvSource({
        "WATERMARK_MERGE,1", "WATERMARK_MERGE,2", "WATERMARK_MERGE,3", "WATERMARK_APPEND,4", "WATERMARK_APPEND,5",
        "FEED_MERGE,6", "FEED_MERGE,7", "FEED_MERGE,8", "FEED_PARTITIONS,9", "FEED_PARTITIONS,10",
        "FEED_PARTITIONS,11", "WATERMARK_PARTITIONS,12", "WATERMARK_PARTITIONS,13",
    })
    void export_randomHistory_filesEqualTheSourceAfterEachRun(Way way, long seed, WorkspaceTenant workspace)
            throws Exception {
        Random random = new Random(seed);
        try (IncrementBench bench = new IncrementBench(workspace, folder, "history_" + seed)) {
            bench.run("CREATE TABLE $t (id INT, part STRING, n INT, updated_at TIMESTAMP)"
                    + " TBLPROPERTIES (delta.enableChangeDataFeed = true)");
            ExportRequest request = way.of(bench.request());
            List<Integer> ids = new ArrayList<>();
            for (int run = 0; run < 5; run++) {
                for (int changes = run == 0 ? 6 : random.nextInt(6); changes > 0; changes--) {
                    change(bench, random, way.changes.charAt(random.nextInt(way.changes.length())), ids);
                }
                bench.export(request);
                assertThat(exported(bench)).as("seed %d, run %d", seed, run).isEqualTo(source(bench));
            }
        }
    }

    private static void change(IncrementBench bench, Random random, char kind, List<Integer> ids) {
        int id = ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
        String part = PARTS.get(random.nextInt(PARTS.size()));
        boolean late = kind == 'l';
        if (kind == 'i' || late || ids.isEmpty()) {
            int fresh = ids.size() + 100 * random.nextInt(2) + 1;
            fresh = ids.contains(fresh) ? ids.stream().max(Integer::compare).orElse(0) + 1 : fresh;
            ids.add(fresh);
            String stamp = late
                    ? "current_timestamp() - INTERVAL " + (1 + random.nextInt(30)) + " SECONDS"
                    : "current_timestamp()";
            bench.run("INSERT INTO $t SELECT " + fresh + ", " + part + ", 0, " + stamp);
            return;
        }
        String set = switch (kind) {
            case 'm' -> "part = " + part;
            case 'k' -> "id = " + (id + 1000);
            default -> "n = n + 1";
        };
        bench.run(
                kind == 'd'
                        ? "DELETE FROM $t WHERE id = " + id
                        : "UPDATE $t SET " + set + ", updated_at = current_timestamp() WHERE id = " + id);
    }

    private static List<String> source(IncrementBench bench) {
        return sorted(bench.rows("SELECT id, " + PART + ", n, unix_micros(updated_at) FROM $t"));
    }

    private static List<String> exported(IncrementBench bench) throws Exception {
        return sorted(bench.exported("SELECT id, " + PART + ", n, epoch_us(updated_at) FROM $t"));
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
