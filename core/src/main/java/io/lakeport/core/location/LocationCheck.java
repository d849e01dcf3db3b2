package io.lakeport.core.location;

import java.util.Objects;
import java.util.Optional;

/**
 * One check of a storage credential against a URL.
 *
 * @param operation for example {@code READ}, {@code LIST}, {@code WRITE}, {@code DELETE}, {@code PATH_EXISTS}
 * @param result {@code PASS}, {@code FAIL} or {@code SKIP}
 * @param message why it failed
 */
public record LocationCheck(String operation, String result, Optional<String> message) {
    public LocationCheck {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(message, "message");
    }

    /** Returns whether it failed. */
    public boolean failed() {
        return result.equals("FAIL");
    }
}
