package io.lakeport.core.export.proof;

import java.util.Objects;
import java.util.Optional;

/**
 * A run beside its source, at the version that it read.
 *
 * @param rows what came of comparing the numbers of rows
 * @param content what came of comparing the content, by a digest that the workspace computes on both sides
 * @param why why something could not be compared, empty when all was
 */
public record SourceCheck(Outcome rows, Outcome content, Optional<String> why) {
    /** What came of a comparison. */
    public enum Outcome {
        EQUAL,
        DIFFERENT,
        NOT_COMPARED
    }

    public SourceCheck {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(why, "why");
    }

    static SourceCheck impossible(String why) {
        return new SourceCheck(Outcome.NOT_COMPARED, Outcome.NOT_COMPARED, Optional.of(why));
    }

    /** Returns whether the source says otherwise. */
    public boolean isWrong() {
        return rows == Outcome.DIFFERENT || content == Outcome.DIFFERENT;
    }
}
