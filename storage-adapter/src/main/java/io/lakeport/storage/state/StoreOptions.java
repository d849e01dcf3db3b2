package io.lakeport.storage.state;

import io.lakeport.storage.option.Options;
import java.time.Duration;

/** What the settings of both databases have in common. */
final class StoreOptions {
    private static final long MOST_SECONDS = 300;

    private StoreOptions() {}

    static Duration timeout(Options options) {
        long seconds = options.number("timeout_seconds", 1, 10);
        if (seconds > MOST_SECONDS) {
            throw options.malformed("timeout_seconds", "expected at most " + MOST_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    static boolean migrate(Options options) {
        return switch (options.text("migrate").orElse("auto")) {
            case "auto" -> true;
            case "manual" -> false;
            default -> throw options.malformed("migrate", "expected auto or manual");
        };
    }
}
