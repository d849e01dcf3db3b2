package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coming back for a statement: the same chunks again, only those that are wanted, and an end where it still runs. */
public interface WarehouseReattachContract extends WarehouseRoad {
    /** A power that is not declared fails with NOT_SUPPORTED. */
    @Test
    default void attachAndFind_notDeclared_areNotSupported() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            StatementId unknown = new StatementId("00000000-0000-0000-0000-000000000000");
            if (!run.warehouse().capabilities().contains(WarehouseCapability.REATTACH)) {
                assertThat(category(() -> run.warehouse().attach(unknown, index -> true, run.deadline())))
                        .isEqualTo(ErrorCategory.NOT_SUPPORTED);
            }
            if (!run.warehouse().capabilities().contains(WarehouseCapability.OUTCOME_LOOKUP)) {
                assertThat(category(() -> run.warehouse().find("0".repeat(32), run.deadline())))
                        .isEqualTo(ErrorCategory.NOT_SUPPORTED);
            }
        }
    }

    /** The result of an export, read and closed, can be read again: the same chunks, with the same bytes. */
    @Test
    @Timeout(120)
    default void attach_finishedStatement_givesTheSameChunksAgain() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            assumeReattach(run);
            StatementId id;
            List<Piece> first;
            try (ResultStream result = run.warehouse().execute(export(run).build(run.deadline()))) {
                id = result.statementId();
                first = Piece.all(result);
            }
            try (ResultStream again = run.warehouse().attach(id, index -> true, run.deadline())) {
                assertThat(again.statementId()).isEqualTo(id);
                assertThat(again.schema().columns()).extracting("name").containsExactly("id", "name");
                assertThat(Piece.all(again)).isEqualTo(first);
            }
            assertThat(run.budget().used()).isZero();
        }
    }

    /** Chunks that are not wanted are left out, and the others keep their places. */
    @Test
    @Timeout(120)
    default void attach_someChunksWanted_givesThoseAtTheirPlaces() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            assumeReattach(run);
            StatementId id;
            List<Piece> whole;
            try (ResultStream result = run.warehouse().execute(export(run).build(run.deadline()))) {
                id = result.statementId();
                whole = Piece.all(result);
            }
            Assumptions.assumeTrue(whole.size() > 1, "the result has one chunk only");
            for (LongPredicate wanted :
                    List.<LongPredicate>of(index -> index % 2 == 1, index -> index > 0, index -> false)) {
                try (ResultStream some = run.warehouse().attach(id, wanted, run.deadline())) {
                    assertThat(Piece.all(some))
                            .isEqualTo(whole.stream()
                                    .filter(piece -> wanted.test(piece.index()))
                                    .toList());
                    some.totalRows()
                            .ifPresent(total -> assertThat(total).isEqualTo((long) WarehouseResultContract.MANY));
                }
            }
        }
    }

    /** A statement that nobody knows has no result. */
    @Test
    default void attach_unknownStatement_isExpired() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            assumeReattach(run);
            StatementId unknown = new StatementId("01f0c0de-0000-1000-8000-000000000000");
            Throwable failure = catchThrowable(() -> run.warehouse().attach(unknown, index -> true, run.deadline()));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.RESULT_EXPIRED)).isTrue());
        }
    }

    /** A statement is found by its tag, and whoever attaches and gives up has ended it. */
    @Test
    @Timeout(120)
    default void attach_runningStatementPastTheDeadline_endsIt() throws Exception {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            assumeReattach(run);
            Assumptions.assumeTrue(run.warehouse().capabilities().contains(WarehouseCapability.OUTCOME_LOOKUP));
            StatementRequest slow = run.builder(slowStatement()).build(run.deadline());
            CompletableFuture<Throwable> caller = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> run.warehouse().execute(slow)));
            StatementId id = found(run, slow.tag());

            Throwable failure = catchThrowable(
                    () -> run.warehouse().attach(id, index -> true, Deadline.after(Duration.ofSeconds(1))));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.DEADLINE_EXCEEDED));
            assertThat(caller.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.CANCELLED));
        }
    }

    /** A tag that no statement carries finds nothing. */
    @Test
    default void find_unknownTag_isEmpty() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Assumptions.assumeTrue(run.warehouse().capabilities().contains(WarehouseCapability.OUTCOME_LOOKUP));
            assertThat(run.warehouse().find("f".repeat(32), run.deadline())).isEmpty();
        }
    }

    private static void assumeReattach(WarehouseRun run) {
        Assumptions.assumeTrue(
                run.warehouse().capabilities().contains(WarehouseCapability.REATTACH), "results cannot be read again");
    }

    private static StatementRequest.Builder export(WarehouseRun run) {
        return run.builder(WarehouseResultContract.many()).purpose(Purpose.EXPORT);
    }

    private static StatementId found(WarehouseRun run, String tag) throws InterruptedException {
        Optional<StatementId> id = Optional.empty();
        while (id.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
            id = run.warehouse().find(tag, run.deadline());
        }
        return id.get();
    }

    private static ErrorCategory category(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(LakeportException.class);
        return ((LakeportException) failure).category();
    }

    /**
     * What is remembered of a chunk.
     *
     * @param crc of its bytes
     */
    record Piece(long index, long rowOffset, long rowCount, long crc) {
        static List<Piece> all(ResultStream stream) {
            List<Piece> pieces = new ArrayList<>();
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                try (ResultChunk chunk = next.get()) {
                    CRC32 crc = new CRC32();
                    crc.update(chunk.data());
                    pieces.add(new Piece(chunk.index(), chunk.rowOffset(), chunk.rowCount(), crc.getValue()));
                }
            }
            return List.copyOf(pieces);
        }
    }
}
