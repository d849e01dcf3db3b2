package io.lakeport.app.guard;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.GuardedCall;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How often a workspace is called, per API family, with tenants taking turns. Not Resilience4j's rate limiter, which
 * gives turns in the order of asking: one tenant's hundred threads would have the next hundred of them.
 */
final class RateLimits {
    private record Key(String workspace, String family) {}

    private final Map<String, Integer> perSecond;
    private final Sleeper sleeper;
    private final LongSupplier nanoClock;
    private final Map<Key, FairTurns> turns = new ConcurrentHashMap<>();

    RateLimits(Map<String, Integer> perSecond, Sleeper sleeper, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.sleeper = sleeper;
        this.nanoClock = nanoClock;
    }

    /**
     * Waits for a turn.
     *
     * @throws LakeportException RESOURCE_EXHAUSTED when it would come after the deadline
     */
    void await(GuardedCall call) throws InterruptedException {
        Integer limit = perSecond.get(call.family());
        if (limit == null) {
            return;
        }
        FairTurns fair = turns.computeIfAbsent(
                new Key(call.workspace(), call.family()), key -> new FairTurns(limit, nanoClock.getAsLong()));
        FairTurns.Turn turn = fair.ask(call.tenant(), nanoClock.getAsLong());
        boolean granted = false;
        try {
            OptionalLong wait = fair.look(turn, nanoClock.getAsLong());
            while (wait.isPresent()) {
                if (wait.getAsLong() > left(call)) {
                    throw tooLate(call, limit);
                }
                sleeper.sleep(Duration.ofNanos(wait.getAsLong()));
                wait = fair.look(turn, nanoClock.getAsLong());
            }
            granted = true;
        } finally {
            if (!granted) {
                fair.giveUp(turn);
            }
        }
    }

    private static long left(GuardedCall call) {
        return call.deadline().remaining().toNanos();
    }

    private static LakeportException tooLate(GuardedCall call, int limit) {
        return new LakeportException(
                CoreError.RATE_LIMITED,
                call.name() + ": " + call.workspace() + " is called more than " + limit + " times a second for '"
                        + call.family() + "', and the next turn of tenant '" + call.tenant()
                        + "' comes after the deadline; slow down or raise guards.rate_per_second");
    }
}
