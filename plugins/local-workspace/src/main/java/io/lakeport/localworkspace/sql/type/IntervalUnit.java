package io.lakeport.localworkspace.sql.type;

/** The units that bound an interval type, from the largest. */
public enum IntervalUnit {
    YEAR(12),
    MONTH(1),
    DAY(86_400_000_000L),
    HOUR(3_600_000_000L),
    MINUTE(60_000_000L),
    SECOND(1_000_000L);

    private final long size;

    IntervalUnit(long size) {
        this.size = size;
    }

    /** Whether this unit counts months rather than microseconds. */
    public boolean isYearMonth() {
        return this == YEAR || this == MONTH;
    }

    /** Returns the length in months for YEAR and MONTH, in microseconds for the others. */
    public long size() {
        return size;
    }
}
