package io.lakeport.core.rotation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run found or did.
 *
 * @param subject which secret
 * @param result in a word
 * @param text in a sentence, for people; it holds no secret
 * @param next when there is something to do again, empty when that is not known
 */
public record RotationReport(RotationSubject subject, Result result, String text, Optional<Instant> next) {
    /** What came of a run. */
    public enum Result {
        /** The new secret serves, and the old one is gone, or left on purpose. */
        DONE,
        /** The new secret serves; the old one is deleted by a run after the overlap. */
        SWITCHED,
        /** There is time. */
        NOT_DUE,
        /** Nobody knows when the secret ends. */
        END_UNKNOWN,
        /** Another host does it. */
        BUSY,
        /** It failed a short while ago. */
        PUT_OFF,
        /** The new secret was refused and taken back. */
        UNDONE,
        /** It could not be done, and a later run goes on. */
        FAILED
    }

    public RotationReport {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(next, "next");
    }
}
