package io.lakeport.app.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lakeport.app.config.GuardSettings;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a workspace alone while it cannot serve. Only its own failures count: an answer such as "no such table" shows
 * that it works, and a caller's deadline, a full memory budget or a stopped warehouse says nothing of the workspace.
 */
final class Circuits {
    private static final Set<ErrorCategory> SAYS_NOTHING = EnumSet.of(
            ErrorCategory.DEADLINE_EXCEEDED,
            ErrorCategory.CANCELLED,
            ErrorCategory.INTERNAL,
            ErrorCategory.OUTCOME_UNKNOWN);

    private final CircuitBreakerConfig config;
    private final GuardSettings.Circuit settings;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    Circuits(GuardSettings.Circuit settings, Clock clock) {
        this.settings = settings;
        this.config = CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failureRatePercent())
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .waitDurationInOpenState(settings.openFor())
                .clock(clock)
                .build();
    }

    /** Asks for leave to call the workspace; the caller reports the outcome to what is returned. */
    CircuitBreaker enter(GuardedCall call) {
        CircuitBreaker breaker =
                breakers.computeIfAbsent(call.workspace(), workspace -> CircuitBreaker.of(workspace, config));
        if (!breaker.tryAcquirePermission()) {
            throw new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE,
                    call.name() + ": " + call.workspace() + " failed in " + settings.failureRatePercent()
                            + "% or more of the latest calls and is left alone for "
                            + settings.openFor().toSeconds() + " s; try again then");
        }
        return breaker;
    }

    void failed(CircuitBreaker breaker, long nanos, LakeportException error) {
        boolean workspaceFailed = error.category() == ErrorCategory.UNAVAILABLE
                && !error.is(CoreError.WAREHOUSE_UNAVAILABLE)
                && !error.is(CoreError.RESULT_CORRUPT);
        if (workspaceFailed) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, error);
        } else if (SAYS_NOTHING.contains(error.category()) || error.is(CoreError.MEMORY_BUDGET_EXCEEDED)) {
            breaker.releasePermission();
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
