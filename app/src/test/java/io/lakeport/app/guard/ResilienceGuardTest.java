package io.lakeport.app.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.app.config.GuardSettings;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResilienceGuardTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final List<Duration> sleeps = new ArrayList<>();
    private final CallCounts counts = new CallCounts();
    private final AtomicInteger tries = new AtomicInteger();

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }
    };

    private void sleep(Duration time) {
        sleeps.add(time);
        nanos.addAndGet(time.toNanos());
    }

    private ResilienceGuard guard(int maxConcurrent, Map<String, Integer> rates, int circuitWindow) {
        return new ResilienceGuard(
                new GuardSettings(
                        maxConcurrent,
                        rates,
                        new GuardSettings.Retry(
                                4,
                                Duration.ofMillis(100),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30)),
                        new GuardSettings.Circuit(50, circuitWindow, circuitWindow, Duration.ofSeconds(15))),
                counts,
                clock,
                this::sleep,
                nanos::get);
    }

    private ResilienceGuard guard() {
        return guard(8, Map.of(), 100);
    }

    private GuardedCall call(boolean repeatable, Duration time) {
        return new GuardedCall("ws", "acme", "sql", "sql.poll", repeatable, Deadline.after(time, nanos::get));
    }

    private GuardedCall call() {
        return call(true, Duration.ofMinutes(5));
    }

    private Callable<String> failing(int times, ErrorCodeSupplier code) {
        return () -> {
            if (tries.incrementAndGet() <= times) {
                throw new LakeportException(code, "no");
            }
            return "ok";
        };
    }

    @Test
    void call_unavailableTwice_isRepeatedWithGrowingJitteredWaits() {
        assertThat(guard().call(call(), failing(2, CoreError.SERVICE_UNAVAILABLE)))
                .isEqualTo("ok");

        assertThat(sleeps).hasSize(2);
        assertThat(sleeps.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(sleeps.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(counts.of("acme").get("sql.poll").tries()).isEqualTo(3);
        assertThat(counts.of("acme").get("sql.poll").failures()).isEqualTo(2);
    }

    @Test
    void call_alwaysUnavailable_endsWithTheLastErrorAfterTheTriesAllowed() {
        assertThatThrownBy(() -> guard().call(call(), failing(99, CoreError.SERVICE_UNAVAILABLE)))
                .isInstanceOf(LakeportException.class)
                .hasMessage("no");
        assertThat(tries).hasValue(4);
    }

    @ParameterizedTest
    @EnumSource(CoreError.class)
    void call_anyError_isRepeatedOnlyWhenItsCategorySaysSo(CoreError error) {
        LakeportException e =
                catchThrowableOfType(LakeportException.class, () -> guard().call(call(), failing(99, error)));

        assertThat(e.is(error)).isTrue();
        assertThat(tries.get()).isEqualTo(error.toErrorCode().category().isRetryable() ? 4 : 1);
    }

    @Test
    void call_notRepeatable_isTriedOnce() {
        assertThatThrownBy(() ->
                        guard().call(call(false, Duration.ofMinutes(1)), failing(99, CoreError.SERVICE_UNAVAILABLE)))
                .isInstanceOf(LakeportException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void call_retryAfter_isHonouredAndCapped() {
        Callable<String> exchange = () -> {
            int attempt = tries.incrementAndGet();
            if (attempt < 3) {
                throw new LakeportException(CoreError.RATE_LIMITED, "slow down")
                        .withRetryAfter(Duration.ofSeconds(attempt == 1 ? 7 : 3600));
            }
            return "ok";
        };

        assertThat(guard().call(call(), exchange)).isEqualTo("ok");
        assertThat(sleeps).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
    }

    @Test
    void call_waitBeyondTheDeadline_failsAtOnceWithTheOriginalError() {
        Callable<String> exchange = () -> {
            throw new LakeportException(CoreError.RATE_LIMITED, "slow down").withRetryAfter(Duration.ofSeconds(20));
        };

        assertThatThrownBy(() -> guard().call(call(true, Duration.ofSeconds(10)), exchange))
                .hasMessage("slow down");
        assertThat(sleeps).isEmpty();
    }

    @Test
    void call_deadlinePassed_doesNotReachTheWorkspace() {
        GuardedCall call = call(true, Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThatThrownBy(() -> guard().call(call, failing(0, CoreError.INTERNAL)))
                .satisfies(e -> assertThat(((LakeportException) e).is(CoreError.DEADLINE_EXCEEDED))
                        .isTrue());
        assertThat(tries).hasValue(0);
    }

    @Test
    void circuit_opensForAWorkspaceThatFails_andClosesAgain() {
        ResilienceGuard guard = guard(8, Map.of(), 4);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() ->
                            guard.call(call(false, Duration.ofMinutes(1)), failing(99, CoreError.HOST_UNREACHABLE)))
                    .hasMessage("no");
        }
        int before = tries.get();

        assertThatThrownBy(() -> guard.call(call(), failing(0, CoreError.INTERNAL)))
                .hasMessageContaining("left alone for 15 s");
        GuardedCall other = new GuardedCall(
                "other", "acme", "sql", "sql.poll", true, Deadline.after(Duration.ofMinutes(1), nanos::get));
        assertThat(guard.call(other, () -> "ok")).isEqualTo("ok");
        assertThat(tries).hasValue(before);

        nanos.addAndGet(Duration.ofSeconds(16).toNanos());
        assertThat(guard.call(call(), () -> "ok")).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(
            value = CoreError.class,
            names = {
                "MEMORY_BUDGET_EXCEEDED",
                "DEADLINE_EXCEEDED",
                "INTERRUPTED",
                "OBJECT_NOT_FOUND",
                "SQL_SYNTAX",
                "ACCESS_DENIED",
                "WRONG_SECRET",
                "WAREHOUSE_UNAVAILABLE",
                "RESULT_CORRUPT",
                "RATE_LIMITED",
                "INTERNAL"
            })
    void circuit_errorThatIsNotTheWorkspaces_neverOpensIt(CoreError error) {
        ResilienceGuard guard = guard(8, Map.of(), 4);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> guard.call(call(false, Duration.ofMinutes(1)), failing(99, error)))
                    .hasMessage("no");
            tries.set(0);
        }
        assertThat(guard.call(call(), () -> "ok")).isEqualTo("ok");
    }

    @Test
    void rateLimit_moreCallsThanTurns_waitsAndThenRefuses() {
        ResilienceGuard guard = guard(8, Map.of("sql", 2), 100);
        guard.call(call(), () -> "1");
        guard.call(call(), () -> "2");
        guard.call(call(), () -> "3");
        assertThat(sleeps)
                .singleElement()
                .satisfies(wait ->
                        assertThat(wait).isGreaterThan(Duration.ZERO).isLessThanOrEqualTo(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        guard.call(call(true, Duration.ofMillis(1)), () -> "soon");
                    }
                })
                .hasMessageContaining("more than 2 times a second for 'sql'");
    }

    @Test
    void bulkhead_allPlacesTaken_waitsUntilTheDeadlineAndKeepsOtherTenantsApart() throws Exception {
        ResilienceGuard guard = guard(1, Map.of(), 100);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread holder = new Thread(() -> guard.call(call(), () -> {
            entered.countDown();
            return leave.await(10, TimeUnit.SECONDS);
        }));
        holder.start();
        try {
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            GuardedCall same =
                    new GuardedCall("ws", "acme", "sql", "sql.poll", true, Deadline.after(Duration.ofMillis(20)));
            assertThatThrownBy(() -> guard.call(same, () -> "no"))
                    .hasMessageContaining("all 1 places of tenant 'acme' for 'sql'");
            GuardedCall token =
                    new GuardedCall("ws", "acme", "token", "token", true, Deadline.after(Duration.ofSeconds(5)));
            GuardedCall other =
                    new GuardedCall("ws", "globex", "sql", "sql.poll", true, Deadline.after(Duration.ofSeconds(5)));
            assertThat(guard.call(token, () -> "ok")).isEqualTo("ok");
            assertThat(guard.call(other, () -> "ok")).isEqualTo("ok");
        } finally {
            leave.countDown();
            holder.join();
        }
    }

    @Test
    void call_adapterThatThrowsSomethingElse_givesBackItsPlace() {
        ResilienceGuard guard = guard(1, Map.of(), 4);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> guard.call(call(), () -> {
                        throw new IllegalStateException("defect");
                    }))
                    .hasMessage("defect");
        }
        assertThat(guard.call(call(), () -> "ok")).isEqualTo("ok");
    }
}
