package io.lakeport.app.config;

import io.lakeport.core.sql.NearestName;
import java.util.Collection;
import java.util.Optional;

/** Finds the known key that a misspelt one was meant to be; see {@link NearestName}. */
public final class Nearest {
    private Nearest() {}

    /** Returns the known name within a few edits of {@code wrong}, empty when none is near enough. */
    public static Optional<String> to(String wrong, Collection<String> known) {
        return NearestName.to(wrong, known);
    }

    /** Returns {@code "; did you mean 'x'?"}, or an empty text when nothing is near. */
    public static String hint(String wrong, Collection<String> known) {
        return NearestName.hint(wrong, known);
    }
}
