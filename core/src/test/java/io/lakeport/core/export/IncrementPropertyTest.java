package io.lakeport.core.export;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.source.SourcePlanner;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.TargetState;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Full and incremental exports come to the same, over random histories: inserts, updates and deletes, clocks that differ
 * and go back, rows that arrive late, transactions that stay open, and changes between any two statements of a run.
 */
class IncrementPropertyTest {
    private static final int HISTORIES = 300;
    private static final int RUNS = 6;
    /** In seconds: how long a stamped row may stay uncommitted, how late it may be, how far the clock may go back. */
    private static final int SETTLE = 5;

    private static final int LATE = 20;
    private static final URI TARGET = URI.create("memory:///");

    /** How an export takes increments; what may happen to its source. */
    private enum Way {
        /** Changes are stamped, none is late: no look-back is needed. */
        WATERMARK_MERGE(false, "iuut"),
        WATERMARK_MERGE_LOOKING_BACK(true, "iuutlb"),
        WATERMARK_APPEND(false, "iit"),
        WATERMARK_APPEND_LOOKING_BACK(true, "iitlb"),
        WATERMARK_PARTITIONS(true, "iuutlb"),
        FEED_MERGE(false, "iuuddktlb"),
        FEED_PARTITIONS(false, "iuuddmtlb");

        private final boolean looksBack;
        private final String changes;

        Way(boolean looksBack, String changes) {
            this.looksBack = looksBack;
            this.changes = changes;
        }

        boolean merges() {
            return name().contains("MERGE");
        }

        ExportRequest request() {
            ExportRequest.Builder request = ExportRequest.builder(TableName.of("main", "default", "t"), TARGET)
                    .format("lines");
            Increment watermark = Increment.along("at")
                    .settling(Duration.ofSeconds(SETTLE))
                    .lookingBack(Duration.ofSeconds(looksBack ? LATE : 0));
            request.increment(name().startsWith("FEED") ? Increment.byFeed() : watermark);
            if (merges()) {
                request.keys(List.of("id"));
            } else if (name().contains("PARTITIONS")) {
                request.mode(ExportMode.OVERWRITE_PARTITIONS).partitionBy(List.of("part"));
            }
            return request.build();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @Tag("AA-28")
    @Tag("BI-08")
    @Tag("BI-13")
    void run_randomHistories_targetEqualsTheSource(Way way) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(way, seed).check();
        }
    }

    /** One table, one target, one seed. */
    private static final class History {
        private final Way way;
        private final int seed;
        private final Random random;
        private final VersionedTable table = new VersionedTable();
        private final List<ExportManifest> manifests = new ArrayList<>();
        private final Map<ObjectKey, List<String>> files = new HashMap<>();
        private final InMemoryCodec codec = new InMemoryCodec();
        /** Stamps of transactions that are not committed, oldest first. */
        private final List<Instant> open = new ArrayList<>();

        private int ids;

        History(Way way, int seed) {
            this.way = way;
            this.seed = seed;
            this.random = new Random(seed);
        }

        void check() {
            table.meanwhile = () -> {
                if (random.nextInt(3) == 0) {
                    step();
                }
            };
            for (int run = 0; run < RUNS; run++) {
                for (int steps = random.nextInt(12); steps > 0; steps--) {
                    step();
                }
                export();
                assertThat(live()).as("%s, seed %d, run %d", way, seed, run).satisfies(lines -> {
                    if (way == Way.WATERMARK_APPEND_LOOKING_BACK || way == Way.WATERMARK_APPEND) {
                        assertThat(lines).doesNotHaveDuplicates();
                    }
                });
            }
            settle();
            export();
            assertThat(live())
                    .as("%s, seed %d", way, seed)
                    .containsExactlyInAnyOrderElementsOf(
                            table.rows().stream().map(VersionedTable.Row::line).toList());
        }

        /** Everything is committed, and the clock has passed every stamp by more than the settle time. */
        private void settle() {
            table.meanwhile = () -> {};
            commitOpen(Integer.MAX_VALUE);
            table.now = table.now.plusSeconds(2L * LATE + SETTLE + 1);
        }

        private void step() {
            while (!open.isEmpty() && !open.get(0).plusSeconds(SETTLE).isAfter(table.now)) {
                commitOpen(1);
            }
            // A coarse clock, so that many rows share an instant with each other and with the end of a window.
            table.now = table.now.plusSeconds(random.nextInt(2));
            commitOpen(random.nextInt(4) == 0 ? 1 : 0);
            change(way.changes.charAt(random.nextInt(way.changes.length())));
        }

        private void change(char kind) {
            Instant stamp = table.now;
            switch (kind) {
                case 't' -> open.add(stamp);
                case 'l' -> insert(stamp.minusSeconds(random.nextInt(LATE / 2)));
                case 'b' -> goBack();
                case 'i' -> insert(stamp);
                default -> update(kind, stamp);
            }
        }

        private void commitOpen(int most) {
            for (int i = 0; i < most && !open.isEmpty(); i++) {
                insert(open.remove(0));
            }
        }

        /** What is open then would be stamped later than it was begun, and is committed first. */
        private void goBack() {
            commitOpen(Integer.MAX_VALUE);
            table.now = table.now.minusSeconds(random.nextInt(2));
        }

        private void insert(Instant stamp) {
            table.commit(Map.of(), List.of(new VersionedTable.Row(ids++, part(), 0, stamp)));
        }

        private void update(char kind, Instant stamp) {
            if (table.rows().isEmpty()) {
                return;
            }
            VersionedTable.Row row =
                    table.rows().get(random.nextInt(table.rows().size()));
            VersionedTable.Row changed = new VersionedTable.Row(
                    kind == 'k' ? ids++ : row.id(), kind == 'm' ? part() : row.part(), row.n() + 1, stamp);
            table.commit(Map.of(row, kind == 'd' ? Optional.empty() : Optional.of(changed)), List.of());
        }

        private String part() {
            return "p" + random.nextInt(4);
        }

        /** What a run does, without its journal and its files. */
        private void export() {
            Deadline deadline = Deadline.after(Duration.ofMinutes(1));
            ExportRequest request = way.request();
            new SourcePlanner(ports(), request).next(manifests, deadline).ifPresent(plan -> {
                List<String> rows = VersionedTable.lines(
                        table.execute(SourceQuery.of(request, plan).request().build(deadline)));
                manifests.add(publish(request, plan, rows));
            });
        }

        private ExportManifest publish(ExportRequest request, ExportPlan plan, List<String> rows) {
            boolean partitioned = !request.partitionBy().isEmpty();
            Map<String, List<String>> parts = rows.stream()
                    .collect(Collectors.groupingBy(
                            line -> partitioned ? line.split(",")[1] : "", TreeMap::new, toList()));
            int sequence = manifests.size() + 1;
            List<WrittenFile> written = new ArrayList<>();
            parts.forEach((part, lines) -> {
                ObjectKey key = ObjectKey.of("run-" + sequence + "/" + part + ".txt");
                files.put(key, lines);
                written.add(new WrittenFile(
                        new ObjectInfo(key, lines.size(), "00"),
                        lines.size(),
                        partitioned ? Map.of("part", part) : Map.of()));
            });
            return new ExportManifest(
                    sequence,
                    "run" + sequence,
                    new ExportOrigin("t", "stream", List.of(), plan.snapshotVersion(), plan.window(), plan.feed()),
                    request.format(),
                    request.mode(),
                    request.keys(),
                    plan.columns(),
                    partitioned ? List.of("part") : List.of(),
                    plan.replacedPartitions(),
                    written,
                    rows.size(),
                    Instant.EPOCH,
                    Optional.empty());
        }

        /** What a reader of the manifests sees. */
        private List<String> live() {
            Stream<String> lines = TargetState.after(manifests).files().stream()
                    .flatMap(live -> files.get(live.file().object().key()).stream());
            if (!way.merges()) {
                return lines.toList();
            }
            Map<Integer, String> newest = new TreeMap<>();
            lines.forEach(line -> newest.put(Integer.valueOf(line.substring(0, line.indexOf(','))), line));
            return newest.values().stream()
                    .filter(line -> !line.contains(",delete,"))
                    .map(line -> Stream.of(line.split(",")).limit(4).collect(Collectors.joining(",")))
                    .toList();
        }

        private ExportPorts ports() {
            return new ExportPorts(
                    FakeTenant.writingTo("memory:///"),
                    table,
                    VersionedTable::cursor,
                    root -> new InMemoryStore(),
                    format -> LineWriter.provider(),
                    codec,
                    codec,
                    Optional.empty(),
                    new ExportTuning(1, 1L << 20, MemoryBudget.of("test", 1L << 24), Optional.empty()),
                    Clock.systemUTC());
        }
    }
}
