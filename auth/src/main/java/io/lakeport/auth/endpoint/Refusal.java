package io.lakeport.auth.endpoint;

import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A token request that was refused in OAuth's form.
 *
 * @param status of the answer
 * @param error OAuth's {@code error}
 * @param description its {@code error_description}, without secrets and not long; may be empty
 * @param where tenant and endpoint, for messages
 * @param clockAhead by how much the local clock is ahead of the server's, when they differ by minutes
 */
public record Refusal(int status, String error, String description, String where, Optional<Duration> clockAhead) {
    /** Returns what was said, for a message; begins with a space unless it is empty. */
    public String said() {
        return description.isEmpty() ? "" : " (it says: \"" + description + "\")";
    }

    /** Returns whether error or description speak of one of these; written in lower case. */
    public boolean mentions(String... words) {
        String text = (error + " " + description).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the error that says where, what was said, and then {@code what}. */
    public LakeportException as(ErrorCodeSupplier code, String what) {
        return new LakeportException(code, where + " refused the token request" + said() + ": " + what);
    }

    /** What a refusal means to one method. */
    @FunctionalInterface
    public interface Meaning {
        /** Returns the error that tells the user what to do. */
        LakeportException of(Refusal refusal);
    }
}
