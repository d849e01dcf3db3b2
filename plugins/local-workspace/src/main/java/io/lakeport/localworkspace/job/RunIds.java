package io.lakeport.localworkspace.job;

import java.util.concurrent.ThreadLocalRandom;

/** Ids of jobs and runs: fifteen digits, which every JSON reader keeps exact. */
final class RunIds {
    private static final long FIRST = 100_000_000_000_000L;

    private RunIds() {}

    static long next() {
        return ThreadLocalRandom.current().nextLong(FIRST, FIRST * 10);
    }
}
