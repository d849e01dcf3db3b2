package io.lakeport.localworkspace.account;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The days of a history, UTC.
 *
 * @param first first day
 * @param end day after the last one
 */
record Calendar(LocalDate first, LocalDate end) {
    List<LocalDate> days() {
        return first.datesUntil(end).toList();
    }

    Instant start() {
        return first.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    Instant finish() {
        return end.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Returns the day after a part of the history, 0 to 1. */
    Instant at(double part) {
        long days = end.toEpochDay() - first.toEpochDay();
        return first.plusDays((long) (days * part)).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(LocalTime.of(hour, minute)).toInstant(ZoneOffset.UTC);
    }

    static boolean isWorkday(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
