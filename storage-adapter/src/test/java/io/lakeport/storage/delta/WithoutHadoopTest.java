package io.lakeport.storage.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.utils.CloseableIterator;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.text.ExportFolder;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop is on the class path of tests and compilers, and nowhere else. */
class WithoutHadoopTest {
    @TempDir
    Path folder;

    @Test
    void publish_withoutHadoop_writesAndReadsCheckpoints() throws Exception {
        URL[] shipped = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("hadoop-client"))
                .map(WithoutHadoopTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(shipped, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("org.apache.hadoop.conf.Configuration"))
                    .isInstanceOf(ClassNotFoundException.class);
            @SuppressWarnings("unchecked")
            ToLongFunction<Path> runs = (ToLongFunction<Path>)
                    loader.loadClass(Runs.class.getName()).getConstructor().newInstance();
            assertThat(runs.applyAsLong(folder)).isEqualTo(11);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes eleven runs, and returns how many files a reader finds that has the checkpoint only. */
    public static final class Runs implements ToLongFunction<Path> {
        @Override
        public long applyAsLong(Path folder) {
            try (ObjectStore store = new ExportFolder(folder).store()) {
                for (int run = 1; run <= 11; run++) {
                    new DeltaPublisher(store).publish(manifest(run));
                }
                for (int version = 0; version < 10; version++) {
                    Files.delete(folder.resolve("_delta_log/%020d.json".formatted(version)));
                }
                return files(store);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static long files(ObjectStore store) throws Exception {
            DeltaEngine engine = new DeltaEngine(store);
            Snapshot snapshot = Table.forPath(engine, LogFiles.TABLE).getLatestSnapshot(engine);
            long files = 0;
            try (CloseableIterator<FilteredColumnarBatch> batches =
                    snapshot.getScanBuilder().build().getScanFiles(engine)) {
                while (batches.hasNext()) {
                    try (var rows = batches.next().getRows()) {
                        for (; rows.hasNext(); rows.next()) {
                            files++;
                        }
                    }
                }
            }
            return files;
        }

        private static ExportManifest manifest(int run) {
            ObjectInfo object = new ObjectInfo(ObjectKey.of("run" + run + ".parquet"), 100, "");
            return new ExportManifest(
                    run,
                    "run" + run,
                    new ExportOrigin(
                            "`a`.`b`.`c`",
                            "stream",
                            List.of(),
                            OptionalLong.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    "delta",
                    ExportMode.APPEND,
                    List.of(),
                    List.of(new Column("v", SqlType.of(SqlType.Kind.TIMESTAMP_NTZ))),
                    List.of(),
                    Set.of(),
                    List.of(new WrittenFile(object, 1, Map.of())),
                    1,
                    Instant.EPOCH,
                    Optional.empty());
        }
    }
}
