package io.lakeport.storage;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Repeats as the guard of production does, without its pauses, and keeps what failed. */
public final class Patient implements Guard {
    private static final int TRIES = 6;

    /** What was tried again. */
    public final List<LakeportException> failures = new CopyOnWriteArrayList<>();

    @Override
    public <T> T call(GuardedCall call, Callable<T> exchange) {
        for (int tries = 1; ; tries++) {
            try {
                return Exchanges.run(exchange);
            } catch (LakeportException e) {
                boolean passes =
                        e.category() == ErrorCategory.UNAVAILABLE || e.category() == ErrorCategory.RESOURCE_EXHAUSTED;
                failures.add(e);
                if (!passes || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
