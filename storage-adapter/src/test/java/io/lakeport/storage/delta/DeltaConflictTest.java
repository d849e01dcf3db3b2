package io.lakeport.storage.delta;

import static io.lakeport.core.manifest.ExportMode.APPEND;
import static io.lakeport.core.manifest.ExportMode.OVERWRITE;
import static io.lakeport.storage.text.ExportFolder.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.text.ExportFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a commit that meets another, or whose answer is lost. */
class DeltaConflictTest {
    private static final ResultSchema ROWS = schema("p", "STRING", "v", "BIGINT");

    @TempDir
    Path folder;

    /** What happens around the next commits to the log: before each, and after it is durable. */
    private final Deque<Runnable> beforeCommit = new ArrayDeque<>();

    private final Deque<Runnable> afterCommit = new ArrayDeque<>();
    private DeltaFolder table;
    private DeltaFolder others;

    @BeforeEach
    void create() throws Exception {
        others = new DeltaFolder(new ExportFolder(folder).store(), ROWS, List.of());
        table = new DeltaFolder(new Interrupted(new ExportFolder(folder).store()), ROWS, List.of());
        others.export(APPEND, 1, "SELECT 'old' AS p, 1::BIGINT AS v");
    }

    private void byOthers(long sequence) {
        try {
            others.export(APPEND, sequence, "SELECT 'other' AS p, " + sequence + "::BIGINT AS v");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void publish_appendThatOthersWereFasterThan_goesAfterThem() throws Exception {
        ExportManifest run = table.write(APPEND, 10, "SELECT 'new' AS p, 2::BIGINT AS v");
        beforeCommit.add(() -> byOthers(2));
        beforeCommit.add(() -> byOthers(3));

        table.publish(run);

        assertThat(table.rows()).containsExactly("new|2", "old|1", "other|2", "other|3");
        assertThat(table.snapshot().getVersion()).isEqualTo(3);
    }

    @Test
    void publish_overwriteThatMeetsAnother_isAConflictAndLosesNothing() throws Exception {
        ExportManifest run = table.write(OVERWRITE, 10, "SELECT 'new' AS p, 2::BIGINT AS v");
        beforeCommit.add(() -> byOthers(2));

        assertThatThrownBy(() -> table.publish(run))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT))
                .hasMessageContaining("changed by someone else");
        assertThat(table.rows()).containsExactly("old|1", "other|2");

        table.publish(run);
        assertThat(table.rows()).containsExactly("new|2");
    }

    @Test
    void publish_twoCreations_bothEndInOneTable() throws Exception {
        Path fresh = Files.createDirectory(folder.resolve("fresh"));
        others = new DeltaFolder(new ExportFolder(fresh).store(), ROWS, List.of());
        table = new DeltaFolder(new Interrupted(new ExportFolder(fresh).store()), ROWS, List.of());
        ExportManifest run = table.write(APPEND, 10, "SELECT 'new' AS p, 2::BIGINT AS v");
        beforeCommit.add(() -> byOthers(2));

        assertThatThrownBy(() -> table.publish(run))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT));
        table.publish(run);

        assertThat(table.rows()).containsExactly("new|2", "other|2");
    }

    @Test
    void publish_lostAnswer_isUnknownAndTheSecondCallFindsItDone() throws Exception {
        for (var mode : List.of(APPEND, OVERWRITE)) {
            ExportManifest run = table.write(mode, 20 + mode.ordinal(), "SELECT '" + mode + "' AS p, 2::BIGINT AS v");
            afterCommit.add(() -> {
                throw new LakeportException(StorageError.WRITE_OUTCOME_UNKNOWN, "no answer", null);
            });

            assertThatThrownBy(() -> table.publish(run))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.OUTCOME_UNKNOWN));
            table.publish(run);
            table.publish(run);
        }
        assertThat(table.rows()).containsExactly("OVERWRITE|2");
        assertThat(table.snapshot().getVersion()).isEqualTo(2);
    }

    /** A store in which something happens around commits to the log. */
    private final class Interrupted implements ObjectStore {
        private final ObjectStore store;

        Interrupted(ObjectStore store) {
            this.store = store;
        }

        @Override
        public String root() {
            return store.root();
        }

        @Override
        public ObjectSink create(ObjectKey key, CreateMode mode) {
            ObjectSink sink = store.create(key, mode);
            boolean isCommit =
                    key.value().startsWith("_delta_log/") && key.value().endsWith(".json");
            return isCommit ? new Commit(sink) : sink;
        }

        @Override
        public ReadableByteChannel read(ObjectKey key) {
            return store.read(key);
        }

        @Override
        public Optional<ObjectInfo> stat(ObjectKey key) {
            return store.stat(key);
        }

        @Override
        public List<ObjectInfo> list(String prefix) {
            return store.list(prefix);
        }

        @Override
        public void delete(ObjectKey key) {
            store.delete(key);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final class Commit implements ObjectSink {
        private final ObjectSink sink;

        Commit(ObjectSink sink) {
            this.sink = sink;
        }

        @Override
        public long position() {
            return sink.position();
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return sink.write(bytes);
        }

        @Override
        public ObjectInfo commit() {
            Optional.ofNullable(beforeCommit.poll()).ifPresent(Runnable::run);
            ObjectInfo info = sink.commit();
            Optional.ofNullable(afterCommit.poll()).ifPresent(Runnable::run);
            return info;
        }

        @Override
        public boolean isOpen() {
            return sink.isOpen();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
