package io.lakeport.localworkspace.account;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Chance from a seed. Confined to one thread. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** Returns a number from {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns a time around {@code typical}, seldom more than twice as long, in whole seconds. */
    Duration about(Duration typical) {
        double factor = Math.exp(random.nextGaussian() * 0.3);
        return Duration.ofSeconds(Math.max(1, (long) (typical.toSeconds() * factor)));
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String hex16() {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Returns an id of digits, as jobs and runs have. */
    String digits() {
        return String.valueOf(100_000_000_000_000L + (random.nextLong() >>> 1) % 800_000_000_000_000L);
    }
}
