package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowType;

/**
 * What JSON leaves open.
 *
 * @param exact which numbers become strings, because many readers take every JSON number for a double
 * @param nonFiniteAsNull NaN and the infinities become null rather than the strings {@code "NaN"}, {@code "Infinity"}
 *     and {@code "-Infinity"}
 * @param mapsAsEntries a MAP becomes an array of {@code {"key":…,"value":…}} rather than an object
 * @param dropNulls fields that are NULL are left out of objects; those of maps and elements of arrays stay
 * @param asciiOnly characters above U+007E are escaped
 * @param hex bytes are hexadecimal rather than Base64
 */
public record JsonRules(
        Exact exact,
        boolean nonFiniteAsNull,
        boolean mapsAsEntries,
        boolean dropNulls,
        boolean asciiOnly,
        boolean hex) {
    /** A double tells all decimals of so many digits apart (DBL_DIG of IEEE 754). */
    private static final int DOUBLE_DIGITS = 15;

    /** Which of the exact numbers become strings. */
    public enum Exact {
        /** DECIMAL columns of more than 15 digits. */
        AUTO,
        /** None. */
        NUMBER,
        /** BIGINT and DECIMAL. */
        TEXT
    }

    /** Returns whether values of a type are strings. */
    boolean isText(ArrowType type) {
        return switch (exact) {
            case AUTO -> type.precision() > DOUBLE_DIGITS;
            case NUMBER -> false;
            case TEXT -> true;
        };
    }

    /** Long decimals as strings, non-finite ones as strings, maps as objects, nulls kept, UTF-8, Base64. */
    public static final JsonRules STANDARD = new JsonRules(Exact.AUTO, false, false, false, false, false);

    /** Returns these rules with bytes in hexadecimal. */
    public JsonRules withHex() {
        return new JsonRules(exact, nonFiniteAsNull, mapsAsEntries, dropNulls, asciiOnly, true);
    }
}
