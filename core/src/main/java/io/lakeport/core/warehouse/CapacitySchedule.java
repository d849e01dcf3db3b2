package io.lakeport.core.warehouse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a warehouse shall be through the week. Databricks has no such schedule for warehouses; it is kept by whoever runs
 * {@link CapacityKeeper} now and then. Immutable.
 *
 * @param zone whose clocks the windows mean; where a clock jumps, the wall decides
 * @param windows the first that holds counts
 * @param otherwise what holds outside of all windows
 */
public record CapacitySchedule(ZoneId zone, List<CapacityWindow> windows, Capacity otherwise) {
    private static final int DAYS = 8;

    public CapacitySchedule {
        Objects.requireNonNull(zone, "zone");
        windows = List.copyOf(windows);
        Objects.requireNonNull(otherwise, "otherwise");
    }

    /** Returns what holds at that moment. */
    public Capacity at(Instant moment) {
        return at(LocalDateTime.ofInstant(moment, zone));
    }

    private Capacity at(LocalDateTime wall) {
        return windows.stream()
                .filter(window -> window.holds(wall))
                .findFirst()
                .map(CapacityWindow::capacity)
                .orElse(otherwise);
    }

    /** Returns when something else holds for the next time, to the minute; empty when nothing ever changes. */
    public Optional<Instant> nextChange(Instant moment) {
        Capacity now = at(moment);
        ZonedDateTime minute = moment.atZone(zone).truncatedTo(ChronoUnit.MINUTES);
        ZonedDateTime end = minute.plusDays(DAYS);
        for (ZonedDateTime next = minute.plusMinutes(1); next.isBefore(end); next = next.plusMinutes(1)) {
            if (!at(next.toLocalDateTime()).equals(now)) {
                return Optional.of(next.toInstant());
            }
        }
        return Optional.empty();
    }
}
