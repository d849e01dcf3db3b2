package io.lakeport.core.arrow;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Dates that were read before: a table holds a few thousand days in millions of rows, and working one out costs more
 * than all else about it. Not thread-safe.
 */
final class Dates {
    /** A power of two; eleven years of days. */
    private static final int SLOTS = 4096;

    private final @Nullable LocalDate[] known = new @Nullable LocalDate[SLOTS];
    private final int[] days = new int[SLOTS];

    /** Returns the date of a day, counted from 1970-01-01. */
    LocalDate of(int day) {
        int slot = day & SLOTS - 1;
        LocalDate date = known[slot];
        if (date == null || days[slot] != day) {
            date = LocalDate.ofEpochDay(day);
            known[slot] = date;
            days[slot] = day;
        }
        return date;
    }
}
