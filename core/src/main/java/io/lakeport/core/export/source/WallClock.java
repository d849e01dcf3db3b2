package io.lakeport.core.export.source;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** What wall clocks show, for values that do not say in which zone they were taken. */
final class WallClock {
    /** No clock of an inhabited zone is further behind. */
    private static final ZoneOffset FURTHEST_BEHIND = ZoneOffset.ofHours(-12);

    private WallClock() {}

    /**
     * Returns the time that no wall clock of the zone shows again from the instant on: before the hour that is repeated
     * when summer time ends, it is the beginning of that hour. Without a zone it holds for every zone.
     */
    static LocalDateTime passed(Instant instant, Optional<ZoneId> zone) {
        ZoneId known = zone.orElse(FURTHEST_BEHIND);
        LocalDateTime shown = LocalDateTime.ofInstant(instant, known);
        ZoneOffsetTransition next = known.getRules().nextTransition(instant);
        boolean repeats =
                next != null && next.isOverlap() && next.getDateTimeAfter().isBefore(shown);
        return repeats ? next.getDateTimeAfter() : shown;
    }
}
