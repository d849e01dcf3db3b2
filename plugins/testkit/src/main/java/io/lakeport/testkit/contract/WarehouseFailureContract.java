package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How statements fail: with a category that says what to do, and never left running. */
public interface WarehouseFailureContract extends WarehouseRoad {
    /** SQL that does not parse keeps what the server said of it. */
    @Test
    default void execute_sqlThatDoesNotParse_keepsTheServersMessage() {
        LakeportException failure = failureOf("SELEC 1");
        assertThat(failure.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("PARSE_SYNTAX_ERROR").hasMessageContaining("SELEC");
    }

    /** A table that is not there is NOT_FOUND, by name. */
    @Test
    default void execute_tableThatDoesNotExist_isNotFound() {
        LakeportException failure = failureOf("SELECT * FROM no_such_table_of_the_contract");
        assertThat(failure.category()).isEqualTo(ErrorCategory.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no_such_table_of_the_contract");
    }

    /** A failed statement does not spoil the warehouse. */
    @Test
    default void execute_afterAFailure_works() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            assertThat(catchThrowable(() -> run.rows("SELEC 1"))).isInstanceOf(LakeportException.class);
            assertThat(run.value("SELECT 2 AS two")).isEqualTo(2);
        }
    }

    /** The deadline ends a statement that would take longer. */
    @Test
    @Timeout(60)
    default void execute_pastItsDeadline_endsWithDeadlineExceeded() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Throwable failure = catchThrowable(() ->
                    run.warehouse().execute(run.builder(slowStatement()).build(Deadline.after(Duration.ofSeconds(2)))));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.DEADLINE_EXCEEDED));
        }
    }

    /** A deadline that has passed before the call starts nothing. */
    @Test
    default void execute_withADeadlineInThePast_isRefused() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Throwable failure = catchThrowable(
                    () -> run.warehouse().execute(run.builder("SELECT 1").build(Deadline.after(Duration.ZERO))));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.DEADLINE_EXCEEDED));
        }
    }

    /** An interrupt ends the call with CANCELLED, and the thread still knows of it. */
    @Test
    @Timeout(60)
    default void execute_interrupted_isCancelledAndTheInterruptIsKept() throws Exception {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            AtomicBoolean kept = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                Throwable thrown = catchThrowable(() -> run.execute(slowStatement()));
                kept.set(Thread.currentThread().isInterrupted());
                failure.complete(thrown);
            });
            caller.start();
            // Long enough for the statement to be on its way; an earlier interrupt must give the same answer.
            TimeUnit.MILLISECONDS.sleep(700);
            caller.interrupt();
            assertThat(failure.get(40, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.category()).isEqualTo(ErrorCategory.CANCELLED));
            assertThat(kept).isTrue();
            caller.join();
        }
    }

    /** Closing the warehouse twice is closing it once. */
    @Test
    default void close_twice_isHarmless() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            run.warehouse().close();
        }
    }

    private LakeportException failureOf(String sql) {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Throwable failure = catchThrowable(() -> run.rows(sql));
            assertThat(failure).isInstanceOf(LakeportException.class);
            return (LakeportException) failure;
        }
    }
}
