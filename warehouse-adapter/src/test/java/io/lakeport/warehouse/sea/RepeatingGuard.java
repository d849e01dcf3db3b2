package io.lakeport.warehouse.sea;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Repeats what may be repeated, three times unless told otherwise, without waiting; notes the waits that were asked for. */
final class RepeatingGuard implements Guard {
    private static final int TRIES = 4;

    private final int tries;

    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();

    RepeatingGuard() {
        this(TRIES);
    }

    RepeatingGuard(int tries) {
        this.tries = tries;
    }

    @Override
    public <T> T call(GuardedCall call, Callable<T> exchange) {
        calls.add(call.family() + " " + call.name());
        for (int i = 1; ; i++) {
            try {
                return Exchanges.run(exchange);
            } catch (LakeportException e) {
                if (i == tries || !call.repeatable() || !e.category().isRetryable()) {
                    throw e;
                }
                e.retryAfter().ifPresent(waits::add);
            }
        }
    }
}
