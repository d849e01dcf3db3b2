package io.lakeport.localworkspace.job;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Quartz cron expression: seconds, minutes, hours, day of month, month, day of week and, if given, year. Of Quartz' own
 * letters it knows {@code ?}, {@code L}, {@code 6L} and {@code 6#3}, and not {@code W} and {@code C}.
 */
final class QuartzCron {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2099;
    private static final int YEARS_AHEAD = 8;

    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final String dayOfMonth;
    private final BitSet months;
    private final String dayOfWeek;
    private final BitSet years;

    private QuartzCron(String[] fields) {
        seconds = set(fields[0], 0, 59, List.of());
        minutes = set(fields[1], 0, 59, List.of());
        hours = set(fields[2], 0, 23, List.of());
        dayOfMonth = fields[3];
        months = set(fields[4], 1, 12, MONTHS);
        dayOfWeek = fields[5];
        years = set(fields.length > 6 ? fields[6] : "*", FIRST_YEAR, LAST_YEAR, List.of());
        if (dayOfMonth.equals("?") == dayOfWeek.equals("?")) {
            throw new IllegalArgumentException("one of day-of-month and day-of-week must be '?', and only one");
        }
        matches(LocalDate.of(2026, 1, 1));
    }

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static QuartzCron parse(String text) {
        String[] fields = text.strip().toUpperCase(Locale.ROOT).split("\\s+");
        if (fields.length < 6 || fields.length > 7) {
            throw new IllegalArgumentException("it has " + fields.length + " fields, and six or seven are needed");
        }
        return new QuartzCron(fields);
    }

    private static BitSet set(String field, int low, int high, List<String> names) {
        BitSet set = new BitSet();
        for (String part : field.split(",")) {
            String[] step = part.split("/", 2);
            String range = step[0].isEmpty() ? "*" : step[0];
            int from = low;
            int to = high;
            if (!range.equals("*") && !range.equals("?")) {
                String[] ends = range.split("-", 2);
                from = number(ends[0], low, high, names);
                to = ends.length == 2 ? number(ends[1], low, high, names) : step.length == 2 ? high : from;
            }
            int by = step.length == 2 ? number(step[1], 1, high, List.of()) : 1;
            // A range such as FRI-MON goes on at the beginning.
            int length = to >= from ? to - from : to - from + high - low + 1;
            for (int i = 0; i <= length; i += by) {
                set.set(low + (from - low + i) % (high - low + 1));
            }
        }
        return set;
    }

    private static int number(String text, int low, int high, List<String> names) {
        int named = names.indexOf(text);
        int number = named >= 0 ? named + 1 : text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
        if (number < low || number > high) {
            throw new IllegalArgumentException("'" + text + "' is not from " + low + " to " + high);
        }
        return number;
    }

    private boolean matches(LocalDate day) {
        return years.get(day.getYear()) && months.get(day.getMonthValue()) && inMonth(day) && inWeek(day);
    }

    private boolean inMonth(LocalDate day) {
        if (dayOfMonth.equals("?")) {
            return true;
        }
        return dayOfMonth.equals("L")
                ? day.getDayOfMonth() == day.lengthOfMonth()
                : set(dayOfMonth, 1, 31, List.of()).get(day.getDayOfMonth());
    }

    private boolean inWeek(LocalDate day) {
        if (dayOfWeek.equals("?")) {
            return true;
        }
        int number =
                day.getDayOfWeek() == DayOfWeek.SUNDAY ? 1 : day.getDayOfWeek().getValue() + 1;
        if (dayOfWeek.contains("#")) {
            String[] parts = dayOfWeek.split("#", 2);
            return number == number(parts[0], 1, 7, DAYS)
                    && (day.getDayOfMonth() + 6) / 7 == number(parts[1], 1, 5, List.of());
        }
        if (dayOfWeek.length() > 1 && dayOfWeek.endsWith("L")) {
            String name = dayOfWeek.substring(0, dayOfWeek.length() - 1);
            return number == number(name, 1, 7, DAYS) && day.getDayOfMonth() + 7 > day.lengthOfMonth();
        }
        return dayOfWeek.equals("L") ? number == 7 : set(dayOfWeek, 1, 7, DAYS).get(number);
    }

    /** Returns the first time after another, in its zone; empty when there is none in the years to come. */
    Optional<ZonedDateTime> next(ZonedDateTime after) {
        LocalDate day = after.toLocalDate();
        for (int i = 0; i < YEARS_AHEAD * 366; i++, day = day.plusDays(1)) {
            if (matches(day)) {
                Optional<ZonedDateTime> found = on(day, after);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ZonedDateTime> on(LocalDate day, ZonedDateTime after) {
        for (int h = hours.nextSetBit(0); h >= 0; h = hours.nextSetBit(h + 1)) {
            if (!ZonedDateTime.of(day, LocalTime.of(h, 59, 59), after.getZone()).isAfter(after)) {
                continue;
            }
            for (int m = minutes.nextSetBit(0); m >= 0; m = minutes.nextSetBit(m + 1)) {
                for (int s = seconds.nextSetBit(0); s >= 0; s = seconds.nextSetBit(s + 1)) {
                    ZonedDateTime time = ZonedDateTime.of(day, LocalTime.of(h, m, s), after.getZone());
                    if (time.isAfter(after)) {
                        return Optional.of(time);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether a text is the name of a time zone. */
    static boolean isZone(String name) {
        try {
            return !java.time.ZoneId.of(name, java.time.ZoneId.SHORT_IDS)
                    .getId()
                    .isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
