package io.lakeport.benchmarks;

import io.lakeport.app.config.GuardSettings;
import io.lakeport.app.guard.ResilienceGuard;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.time.Deadline;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What the guard adds to one exchange that itself does nothing. */
final class GuardBenchmark {
    private static final int WARM_UP = 200_000;
    private static final int CALLS = 200_000;

    private GuardBenchmark() {}

    static void run(PrintStream out) {
        long[] bare = measure(Guard.NONE);
        long[] guarded = measure(new ResilienceGuard(unlimited(), (call, took, error) -> {}, Clock.systemUTC()));
        out.println("Guard overhead of one exchange, microseconds over " + CALLS + " calls");
        out.printf(Locale.ROOT, "%-24s p50 %6.2f   p99 %6.2f%n", "bare port", micros(bare, 50), micros(bare, 99));
        out.printf(Locale.ROOT, "%-24s p50 %6.2f   p99 %6.2f%n", "guarded", micros(guarded, 50), micros(guarded, 99));
    }

    /** Every guard is in place, and none of them refuses. */
    private static GuardSettings unlimited() {
        GuardSettings defaults = GuardSettings.defaults();
        return new GuardSettings(
                defaults.maxConcurrent(), Map.of("sql", 1_000_000_000), defaults.retry(), defaults.circuit());
    }

    private static long[] measure(Guard guard) {
        GuardedCall call =
                new GuardedCall("bench", "bench", "sql", "sql.poll", true, Deadline.after(Duration.ofMinutes(10)));
        for (int i = 0; i < WARM_UP; i++) {
            guard.call(call, () -> call);
        }
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            guard.call(call, () -> call);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static double micros(long[] sorted, int percentile) {
        return sorted[sorted.length * percentile / 100] / 1e3;
    }
}
