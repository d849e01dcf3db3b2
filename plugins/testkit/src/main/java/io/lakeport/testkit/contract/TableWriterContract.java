package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlType.Kind;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TableWriter} must keep, whatever its format. A test class implements it and inherits the tests. The
 * chunks hold {@code id BIGINT}, which counts up, and {@code part STRING}, which is {@code 'p' + id % 4}, and NULL where
 * {@code id % 5 = 4}.
 */
public interface TableWriterContract {
    /** Rows of each chunk that the contract asks for. */
    int ROWS = 1000;

    /** Returns the provider under test. */
    TableWriterProvider provider();

    /** Returns a store whose root is empty at the first call in a test and the same at each further one. */
    ObjectStore store();

    /** Returns a chunk of {@link #ROWS} rows, the first with the id {@code firstId}. */
    ResultChunk chunk(long firstId) throws Exception;

    /** Returns the ids in a finished file, in the file's order, read by other code than the writer's. */
    List<Long> readIds(WrittenFile file) throws Exception;

    private TableWriterContext context(ObjectStore store, List<String> partitionBy, Map<String, String> options) {
        return context(store, partitionBy, options, MemoryBudget.of("writer", 64L << 20));
    }

    private TableWriterContext context(
            ObjectStore store, List<String> partitionBy, Map<String, String> options, MemoryBudget memory) {
        ResultSchema schema = new ResultSchema(
                List.of(new Column("id", SqlType.of(Kind.BIGINT)), new Column("part", SqlType.of(Kind.STRING))));
        return new TableWriterContext(store, "table/", "run1", schema, partitionBy, options, memory, Optional.empty());
    }

    private List<WrittenFile> write(ObjectStore store, List<String> partitionBy, int chunks) throws Exception {
        return write(context(store, partitionBy, Map.of()), chunks);
    }

    private List<WrittenFile> write(TableWriterContext context, int chunks) throws Exception {
        try (TableWriter writer = provider().open(context)) {
            for (int i = 0; i < chunks; i++) {
                try (ResultChunk chunk = chunk((long) i * ROWS)) {
                    writer.write(chunk);
                }
            }
            return writer.finish();
        }
    }

    private List<Long> ids(List<WrittenFile> files) throws Exception {
        List<Long> ids = new ArrayList<>();
        for (WrittenFile file : files) {
            List<Long> inFile = readIds(file);
            assertThat(file.rows()).isEqualTo(inFile.size());
            ids.addAll(inFile);
        }
        return ids;
    }

    private static List<Long> expected(int rows) {
        return java.util.stream.LongStream.range(0, rows).boxed().toList();
    }

    @Test
    default void finish_afterChunks_holdsEveryRowOnce() throws Exception {
        try (ObjectStore store = store()) {
            List<WrittenFile> files = write(store, List.of(), 3);
            assertThat(ids(files)).isEqualTo(expected(3 * ROWS));
            assertThat(files)
                    .isSortedAccordingTo(
                            Comparator.comparing(file -> file.object().key().value()));
            for (WrittenFile file : files) {
                assertThat(file.object().key().value()).startsWith("table/run1");
                assertThat(file.object().sha256()).matches("[0-9a-f]{64}");
                assertThat(store.stat(file.object().key()))
                        .map(ObjectInfo::bytes)
                        .contains(file.object().bytes());
            }
            assertThat(store.list("")).hasSameSizeAs(files);
        }
    }

    @Test
    default void finish_byPartition_putsEachRowBelowItsDirectory() throws Exception {
        try (ObjectStore store = store()) {
            List<WrittenFile> files = write(store, List.of("part"), 2);
            assertThat(ids(files)).containsExactlyInAnyOrderElementsOf(expected(2 * ROWS));
            for (WrittenFile file : files) {
                String part = file.partition().get("part");
                assertThat(file.object().key().value()).startsWith("table/part=" + part + "/run1");
                for (long id : readIds(file)) {
                    assertThat(part).isEqualTo(id % 5 == 4 ? "__HIVE_DEFAULT_PARTITION__" : "p" + id % 4);
                }
            }
        }
    }

    @Test
    default void finish_withoutRows_holdsNone() throws Exception {
        try (ObjectStore store = store()) {
            assertThat(ids(write(store, List.of(), 0))).isEmpty();
            assertThat(write(store, List.of("part"), 0)).isEmpty();
        }
    }

    @Test
    default void close_withoutFinish_leavesNothing() throws Exception {
        try (ObjectStore store = store()) {
            for (List<String> partitionBy : List.of(List.<String>of(), List.of("part"))) {
                TableWriter writer = provider().open(context(store, partitionBy, Map.of()));
                try (ResultChunk chunk = chunk(0)) {
                    writer.write(chunk);
                }
                writer.close();
                writer.close();
            }
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    default void write_inASmallBudget_keepsItAndLosesNothing() throws Exception {
        int chunks = 6;
        for (List<String> partitionBy : List.of(List.<String>of(), List.of("part"))) {
            try (ObjectStore store = store()) {
                store.list("").forEach(object -> store.delete(object.key()));
                MemoryBudget memory = MemoryBudget.of("small writer", 2L << 20);
                List<WrittenFile> files = write(context(store, partitionBy, Map.of(), memory), chunks);
                assertThat(ids(files)).containsExactlyInAnyOrderElementsOf(expected(chunks * ROWS));
                assertThat(memory.peak()).isLessThanOrEqualTo(memory.capacity());
                assertThat(memory.used()).as("held after close").isZero();
            }
        }
    }

    @Test
    default void close_withoutFinish_givesItsMemoryBack() throws Exception {
        try (ObjectStore store = store()) {
            MemoryBudget memory = MemoryBudget.of("writer", 64L << 20);
            TableWriter writer = provider().open(context(store, List.of("part"), Map.of(), memory));
            try (ResultChunk chunk = chunk(0)) {
                writer.write(chunk);
            }
            writer.close();
            assertThat(memory.used()).isZero();
        }
    }

    @Test
    default void open_withWhatDoesNotExist_isRefusedByName() {
        try (ObjectStore store = store()) {
            assertRefused(context(store, List.of("no_such"), Map.of()), "no_such");
            assertRefused(context(store, List.of(), Map.of("no_such_option", "1")), "no_such_option");
        }
    }

    private void assertRefused(TableWriterContext context, String name) {
        assertThatThrownBy(() -> provider().open(context).close())
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageContaining(name);
    }
}
