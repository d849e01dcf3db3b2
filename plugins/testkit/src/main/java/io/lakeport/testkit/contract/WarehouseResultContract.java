package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How results arrive: whole, in order, under the budget, cut only where asked. */
public interface WarehouseResultContract extends WarehouseRoad {
    /** Rows of the larger results: enough for several chunks on every engine. */
    int MANY = 300_000;

    /** A one-row answer has its value and its column's name. */
    @Test
    default void execute_selectOne_answersOne() {
        try (WarehouseRun run = WarehouseRun.on(this);
                ResultStream result = run.execute("SELECT 1 AS one")) {
            assertThat(result.statementId().value()).isNotBlank();
            assertThat(result.schema().columns())
                    .singleElement()
                    .satisfies(column -> assertThat(column.name()).isEqualTo("one"));
            assertThat(result.truncated()).isFalse();
            assertThat(WarehouseRun.read(ArrowRowCursor.over(result))).containsExactly(List.of(1));
        }
    }

    /** No rows is an answer as well. */
    @Test
    default void execute_noRows_endsAtOnceWithItsSchema() {
        try (WarehouseRun run = WarehouseRun.on(this);
                RowCursor cursor = run.cursor("SELECT id, 'x' AS name FROM range(10) WHERE id < 0")) {
            assertThat(cursor.schema().columns()).extracting("name").containsExactly("id", "name");
            assertThat(cursor.next()).isFalse();
        }
    }

    /** Chunks cover a large result without gap or overlap, and streaming needs no more than a part of it at once. */
    @Test
    @Tag("AK-04")
    @Timeout(120)
    default void next_largeResult_chunksAreContiguousAndComplete() {
        try (WarehouseRun run = WarehouseRun.on(this);
                ResultStream result = run.execute(many())) {
            long index = 0;
            long rows = 0;
            for (var chunk = result.next(); chunk.isPresent(); chunk = result.next()) {
                try (ResultChunk part = chunk.get()) {
                    assertThat(part.index()).isEqualTo(index++);
                    assertThat(part.rowOffset()).isEqualTo(rows);
                    assertThat(part.data().remaining()).isPositive();
                    rows += part.rowCount();
                }
            }
            assertThat(rows).isEqualTo(MANY);
            result.totalRows().ifPresent(total -> assertThat(total).isEqualTo(MANY));
            assertThat(result.next()).as("after the last chunk").isEmpty();
        }
    }

    /** Rows keep the order that the statement gave them, across chunks. */
    @Test
    @Timeout(120)
    default void rows_largeResult_comeInOrder() {
        try (WarehouseRun run = WarehouseRun.on(this);
                RowCursor cursor = run.cursor(many())) {
            long expected = 0;
            while (cursor.next()) {
                if (cursor.getLong(0) != expected || !("row " + expected).equals(cursor.getString(1))) {
                    assertThat(List.of(cursor.getLong(0), String.valueOf(cursor.getString(1))))
                            .isEqualTo(List.of(expected, "row " + expected));
                }
                expected++;
            }
            assertThat(expected).isEqualTo(MANY);
        }
    }

    /** A budget far below the size of the result slows the download and loses nothing. */
    @Test
    @Timeout(120)
    default void rows_resultLargerThanTheBudget_areReadToTheEnd() {
        try (WarehouseRun run = WarehouseRun.withBudget(this, 2L << 20);
                RowCursor cursor = run.cursor(many())) {
            long count = 0;
            while (cursor.next()) {
                count++;
            }
            assertThat(count).isEqualTo(MANY);
            assertThat(run.budget().peak())
                    .as("bytes that the budget was asked for")
                    .isPositive();
        }
    }

    /** A limit cuts and says so; a limit that is not reached does not. */
    @Test
    default void rowLimit_belowTheResult_cutsAndSaysSo() {
        try (WarehouseRun run = WarehouseRun.on(this);
                ResultStream cut = run.warehouse()
                        .execute(run.builder("SELECT id FROM range(1000)")
                                .rowLimit(10)
                                .build(run.deadline()));
                ResultStream whole = run.warehouse()
                        .execute(run.builder("SELECT id FROM range(10)")
                                .rowLimit(1000)
                                .build(run.deadline()))) {
            assertThat(WarehouseRun.read(ArrowRowCursor.over(cut))).hasSize(10);
            assertThat(cut.truncated()).isTrue();
            assertThat(WarehouseRun.read(ArrowRowCursor.over(whole))).hasSize(10);
            assertThat(whole.truncated()).isFalse();
        }
    }

    /** Closing early frees all but what was handed out, which stays readable. */
    @Test
    default void close_midWay_freesTheBudgetAndKeepsWhatWasHandedOut() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            ResultStream result = run.execute(many());
            ResultChunk first = result.next().orElseThrow();
            result.close();
            result.close();
            assertThat(first.data().remaining()).isPositive();
            first.close();
            assertThat(run.budget().used()).isZero();
        }
    }

    /** Statements without rows run, and have no columns to read or none with rows. */
    @Test
    default void execute_tableMadeFilledAndDropped_readsBackWhatWasWritten() {
        Assumptions.assumeTrue(scratchTable().isPresent(), "the identity may not write");
        TableName table = scratchTable().orElseThrow();
        try (WarehouseRun run = WarehouseRun.on(this)) {
            run.rows("CREATE TABLE " + table.quoted() + " (id BIGINT, name STRING)");
            try {
                run.rows("INSERT INTO " + table.quoted() + " VALUES (1, 'a'), (2, NULL)");
                assertThat(run.rows("SELECT id, name FROM " + table.quoted() + " ORDER BY id"))
                        .hasToString("[[1, a], [2, null]]");
            } finally {
                run.rows("DROP TABLE " + table.quoted());
            }
        }
    }

    /** Statements of several threads do not mix. */
    @Test
    @Timeout(120)
    default void execute_byManyThreads_eachGetsItsOwnResult() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (WarehouseRun run = WarehouseRun.on(this)) {
            List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String sql = "SELECT max(id) + " + i + " AS m FROM range(1000)";
                answers.add(threads.submit(() -> String.valueOf(run.value(sql))));
            }
            for (int i = 0; i < 24; i++) {
                assertThat(answers.get(i).get()).isEqualTo(String.valueOf(999 + i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns a statement with {@link #MANY} rows in order. */
    static String many() {
        return "SELECT id, concat('row ', CAST(id AS STRING)) AS name FROM range(" + MANY + ") ORDER BY id";
    }
}
