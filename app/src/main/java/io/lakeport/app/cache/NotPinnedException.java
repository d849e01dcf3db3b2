package io.lakeport.app.cache;

import java.io.Serial;

/** What a statement reads cannot be tied to versions; the message is the reason, a part of a sentence. */
final class NotPinnedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    NotPinnedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
