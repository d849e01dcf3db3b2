package io.lakeport.app.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import io.lakeport.app.config.GuardSettings;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The guard of production: deadline, then a place per tenant, then a turn per workspace and API family, then the
 * workspace's circuit, then tries with backoff, each of them metered. Every further try takes a turn of its own,
 * because the limit is on what reaches the workspace. Thread-safe.
 */
public final class ResilienceGuard implements Guard {
    private static final double JITTER = 0.5;
    private static final double GROWTH = 2.0;

    private final GuardSettings.Retry retry;
    private final IntervalFunction backoff;
    private final Bulkheads bulkheads;
    private final RateLimits rateLimits;
    private final Circuits circuits;
    private final CallMeter meter;
    private final Sleeper sleeper;
    private final LongSupplier nanoClock;

    /** Creates a guard that waits in real time. */
    public ResilienceGuard(GuardSettings settings, CallMeter meter, Clock clock) {
        this(settings, meter, clock, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()), System::nanoTime);
    }

    ResilienceGuard(GuardSettings settings, CallMeter meter, Clock clock, Sleeper sleeper, LongSupplier nanoClock) {
        this.retry = settings.retry();
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(
                retry.initialBackoff().toMillis(),
                GROWTH,
                JITTER,
                retry.maxBackoff().toMillis());
        this.bulkheads = new Bulkheads(settings.maxConcurrent());
        this.rateLimits = new RateLimits(settings.ratePerSecond(), sleeper, nanoClock);
        this.circuits = new Circuits(settings.circuit(), clock);
        this.meter = meter;
        this.sleeper = sleeper;
        this.nanoClock = nanoClock;
    }

    @Override
    public <T> T call(GuardedCall call, Callable<T> exchange) {
        call.deadline().check(call.name());
        Bulkheads.Place place = bulkheads.enter(call);
        try {
            waitForTurn(call);
            CircuitBreaker circuit = circuits.enter(call);
            long start = nanoClock.getAsLong();
            try {
                T result = tries(call, exchange);
                circuit.onSuccess(nanoClock.getAsLong() - start, TimeUnit.NANOSECONDS);
                return result;
            } catch (LakeportException e) {
                circuits.failed(circuit, nanoClock.getAsLong() - start, e);
                throw e;
            } catch (RuntimeException | Error e) {
                circuit.releasePermission();
                throw e;
            }
        } finally {
            place.release();
        }
    }

    @Override
    public void received(GuardedCall call, long bytes) {
        meter.received(call, bytes);
    }

    private <T> T tries(GuardedCall call, Callable<T> exchange) {
        for (int attempt = 1; ; attempt++) {
            try {
                return metered(call, exchange);
            } catch (LakeportException e) {
                if (!mayRepeat(call, attempt, e)) {
                    throw e;
                }
                Duration wait = waitBefore(attempt, e);
                if (wait.compareTo(call.deadline().remaining()) >= 0) {
                    throw e;
                }
                sleep(call, wait);
                waitForTurn(call);
            }
        }
    }

    private boolean mayRepeat(GuardedCall call, int attempt, LakeportException e) {
        return call.repeatable()
                && attempt < retry.maxAttempts()
                && e.category().isRetryable();
    }

    private Duration waitBefore(int attempt, LakeportException e) {
        Optional<Duration> asked = e.retryAfter();
        if (asked.isPresent()) {
            return asked.get().compareTo(retry.maxRetryAfter()) > 0 ? retry.maxRetryAfter() : asked.get();
        }
        return Duration.ofMillis(backoff.apply(attempt));
    }

    private <T> T metered(GuardedCall call, Callable<T> exchange) {
        long start = nanoClock.getAsLong();
        try {
            T result = Exchanges.run(exchange);
            meter.record(call, since(start), Optional.empty());
            return result;
        } catch (LakeportException e) {
            meter.record(call, since(start), Optional.of(e.code()));
            throw e;
        } catch (RuntimeException e) {
            meter.record(call, since(start), Optional.of(CoreError.INTERNAL.toErrorCode()));
            throw e;
        }
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanoClock.getAsLong() - start);
    }

    private void waitForTurn(GuardedCall call) {
        try {
            rateLimits.await(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, call.name() + " was interrupted while it waited", e);
        }
        if (call.deadline().isExpired()) {
            throw Deadline.expired(call.name());
        }
    }

    private void sleep(GuardedCall call, Duration wait) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, call.name() + " was interrupted while it waited", e);
        }
        if (call.deadline().isExpired()) {
            throw Deadline.expired(call.name());
        }
    }
}
