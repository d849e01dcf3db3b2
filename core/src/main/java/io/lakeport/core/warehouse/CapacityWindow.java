package io.lakeport.core.warehouse;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Set;

/**
 * A part of the week, by the clock on the wall.
 *
 * @param days on which it begins; not empty
 * @param from when it begins, inclusive
 * @param to when it ends, exclusive; not after {@code from} means on the next day, equal to it a whole day
 * @param capacity what holds in it
 */
public record CapacityWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, Capacity capacity) {
    public CapacityWindow {
        days = Set.copyOf(days);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(capacity, "capacity");
        if (days.isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "a window from " + from + " to " + to + " names no day; name at least one");
        }
    }

    boolean holds(LocalDateTime at) {
        LocalTime time = at.toLocalTime();
        boolean overnight = !to.isAfter(from);
        if (!overnight) {
            return days.contains(at.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        return days.contains(at.getDayOfWeek()) && !time.isBefore(from)
                || days.contains(at.getDayOfWeek().minus(1)) && time.isBefore(to);
    }
}
