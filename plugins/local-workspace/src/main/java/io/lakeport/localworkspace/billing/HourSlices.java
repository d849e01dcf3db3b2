package io.lakeport.localworkspace.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;

/** Time cut at full hours, as usage is told. */
public final class HourSlices {
    private static final int SCALE = 18;
    private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

    private HourSlices() {}

    /** Hands the parts of a period that lie in different hours to a consumer, in order. */
    public static void of(Instant from, Instant to, BiConsumer<Instant, Instant> part) {
        Instant start = from;
        while (start.isBefore(to)) {
            Instant next = start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            Instant end = next.isBefore(to) ? next : to;
            part.accept(start, end);
            start = end;
        }
    }

    /** Returns the DBUs of a period at an hourly rate, with 18 decimals. */
    public static BigDecimal dbus(BigDecimal perHour, Instant from, Instant to) {
        BigDecimal nanos = BigDecimal.valueOf(Duration.between(from, to).toNanos());
        return perHour.multiply(nanos).divide(NANOS_PER_HOUR, SCALE, RoundingMode.HALF_UP);
    }
}
