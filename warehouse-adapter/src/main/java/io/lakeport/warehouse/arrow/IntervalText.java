package io.lakeport.warehouse.arrow;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Duration;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads intervals as the service writes them as text: {@code -1-2} and {@code 1 02:03:04.500000000}. */
public final class IntervalText {
    private static final Pattern YEAR_MONTH = Pattern.compile("(-?)(\\d+)-(\\d+)");
    private static final Pattern DAY_TIME = Pattern.compile("(-?)(\\d+) (\\d+):(\\d+):(\\d+)(?:\\.(\\d{1,9}))?");
    private static final int MONTHS_A_YEAR = 12;

    private IntervalText() {}

    /** Reads a year-month interval. */
    public static Period yearMonth(String text) {
        Matcher parts = matched(YEAR_MONTH, text);
        long months = Math.addExact(
                Math.multiplyExact(Long.parseLong(parts.group(2)), MONTHS_A_YEAR), Long.parseLong(parts.group(3)));
        int signed = Math.toIntExact(parts.group(1).isEmpty() ? months : -months);
        return Period.of(signed / MONTHS_A_YEAR, signed % MONTHS_A_YEAR, 0);
    }

    /** Reads a day-time interval. */
    public static Duration dayTime(String text) {
        Matcher parts = matched(DAY_TIME, text);
        String fraction = parts.group(6) == null ? "0" : (parts.group(6) + "00000000").substring(0, 9);
        Duration time = Duration.ofDays(Long.parseLong(parts.group(2)))
                .plusHours(Long.parseLong(parts.group(3)))
                .plusMinutes(Long.parseLong(parts.group(4)))
                .plusSeconds(Long.parseLong(parts.group(5)))
                .plusNanos(Long.parseLong(fraction));
        return parts.group(1).isEmpty() ? time : time.negated();
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "an interval came as text in a form that is not known here, with " + text.length()
                            + " characters; cast the interval to STRING");
        }
        return matcher;
    }
}
