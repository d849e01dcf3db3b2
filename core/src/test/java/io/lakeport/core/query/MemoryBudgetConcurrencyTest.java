package io.lakeport.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Budgets under many threads: never over-committed, and nobody who could go on is left waiting. */
@Timeout(60)
class MemoryBudgetConcurrencyTest {
    private static final int THREADS = 8;
    private static final Deadline LATE = Deadline.after(Duration.ofMinutes(2));

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Sizes up to the whole budget, given back in parts: a lost wakeup would leave a thread waiting for ever. */
    @Test
    void reserve_byManyThreads_neverExceedsTheCeilingAndAllGoOn() throws Exception {
        MemoryBudget process = MemoryBudget.of("process", 1_000);
        List<MemoryBudget> statements = List.of(process.child("a", 600), process.child("b", 600), process);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            all.add(threads.submit(() -> {
                for (int n = 0; n < 2_000; n++) {
                    MemoryBudget budget = statements.get(random.nextInt(statements.size()));
                    churn(budget, 1 + random.nextInt((int) budget.capacity()), held, most);
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(50, TimeUnit.SECONDS);
        }

        assertThat(most.get()).isPositive().isLessThanOrEqualTo(1_000);
        assertThat(process.peak()).isLessThanOrEqualTo(1_000);
        for (MemoryBudget budget : statements) {
            assertThat(budget.used()).isZero();
            assertThat(budget.peak()).isLessThanOrEqualTo(budget.capacity());
        }
    }

    private static void churn(MemoryBudget budget, int bytes, AtomicLong held, AtomicLong most) {
        try (MemoryBudget.Reservation reservation = budget.reserve(bytes, LATE)) {
            long now = held.addAndGet(bytes);
            most.accumulateAndGet(now, Math::max);
            if (bytes % 2 == 0) {
                held.addAndGet(-(bytes - bytes / 2));
                reservation.shrinkTo(bytes / 2);
                held.addAndGet(-(bytes / 2));
            } else {
                held.addAndGet(-bytes);
            }
        }
    }

    @Test
    void reserve_largerThanTheBudget_isGrantedAloneAndKeepsOthersOut() throws Exception {
        MemoryBudget budget = MemoryBudget.of("test", 100);
        MemoryBudget.Reservation small = budget.reserve(1, LATE);
        Future<MemoryBudget.Reservation> large = threads.submit(() -> budget.reserve(500, LATE));
        assertThat(budget.used()).isOne();
        small.close();

        MemoryBudget.Reservation alone = large.get(10, TimeUnit.SECONDS);
        assertThat(budget.used()).isEqualTo(500);
        assertThat(budget.peak()).isEqualTo(500);
        assertThatThrownBy(() -> budget.reserve(1, Deadline.after(Duration.ofMillis(20))))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).isEqualTo(ErrorCategory.RESOURCE_EXHAUSTED));
        alone.close();
        budget.reserve(100, LATE).close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void reserve_interruptedWhileWaiting_isCancelledTakesNothingAndKeepsTheInterrupt() throws Exception {
        MemoryBudget process = MemoryBudget.of("process", 100);
        MemoryBudget statement = process.child("statement", 100);
        MemoryBudget.Reservation others = process.reserve(100, LATE);
        AtomicBoolean kept = new AtomicBoolean();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Throwable thrown = catchThrowable(() -> statement.reserve(10, LATE));
            kept.set(Thread.currentThread().isInterrupted());
            failure.complete(thrown);
        });
        waiting.start();
        waiting.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CANCELLED));
        waiting.join();
        assertThat(kept).isTrue();
        assertThat(statement.used()).isZero();
        others.close();
        assertThat(process.used()).isZero();
    }

    @Test
    void reservation_closedByManyThreads_isGivenBackOnce() throws Exception {
        MemoryBudget budget = MemoryBudget.of("test", 100);
        for (int n = 0; n < 200; n++) {
            MemoryBudget.Reservation kept = budget.reserve(40, LATE);
            MemoryBudget.Reservation shared = budget.reserve(60, LATE);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int rest = i * 5;
                all.add(threads.submit(() -> {
                    shared.shrinkTo(rest);
                    shared.close();
                }));
            }
            for (Future<?> each : all) {
                each.get(10, TimeUnit.SECONDS);
            }
            assertThat(budget.used()).isEqualTo(40);
            kept.close();
        }
    }
}
