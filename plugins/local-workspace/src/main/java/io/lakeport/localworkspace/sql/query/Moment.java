package io.lakeport.localworkspace.sql.query;

import org.jspecify.annotations.Nullable;

/**
 * A point in a table's history as a statement names it.
 *
 * @param version a version, {@code null} when a time is given
 * @param time DuckDB SQL of a time, {@code null} when a version is given
 * @param text the time as the statement writes it, for messages
 */
public record Moment(@Nullable Long version, @Nullable String time, String text) {
    /** A version. */
    public static Moment version(long version) {
        return new Moment(version, null, String.valueOf(version));
    }
}
