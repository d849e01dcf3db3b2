package io.lakeport.testwatch;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets that a test plants to see whether they come out in a log. A test that signs in gives a planted value where a
 * real one would stand; {@link AfterEveryTest} then fails whichever test lets it into a log record, at any level.
 * Thread-safe.
 */
public final class Canary {
    private static final Set<String> PLANTED = ConcurrentHashMap.newKeySet();

    private Canary() {}

    /** Returns a fresh secret that no log may show; {@code prefix} makes it look like the real thing, as in dapi. */
    public static String plant(String prefix) {
        return watch(prefix + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Watches for a secret that came from elsewhere, such as a local workspace, and returns it; 8 characters or more. */
    public static String watch(String secret) {
        if (secret.length() < 8) {
            throw new IllegalArgumentException("a secret of " + secret.length()
                    + " characters would be found in innocent text; plant one of 8 or more");
        }
        PLANTED.add(secret);
        return secret;
    }

    /** Returns the planted secret that the text holds, in clear. */
    static Optional<String> in(String text) {
        return PLANTED.stream().filter(text::contains).findFirst();
    }
}
