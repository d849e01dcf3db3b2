package io.lakeport.warehouse.arrow;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Base64;

/**
 * Values as JSON results write them, each a text (Statement Execution API, format {@code JSON_ARRAY}): ISO 8601 for
 * times, plain digits for decimals, base64 for binaries, JSON for nested types, which stays text. Stateless.
 */
public final class TextCells {
    private TextCells() {}

    /**
     * Returns the value in the class that {@link ArrowStreamWriter#add} takes for the column.
     *
     * @throws LakeportException RESULT_CORRUPT when the text is none of the column's type; it is not quoted, because it
     *     may be anything
     */
    public static Object value(Column column, String text) {
        try {
            return parsed(column, text);
        } catch (RuntimeException e) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "column '" + column.name() + "' of type " + column.type() + " came as a text of " + text.length()
                            + " characters that is not of that type ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private static Object parsed(Column column, String text) {
        return switch (column.type().kind()) {
            case BOOLEAN -> bool(text);
            case TINYINT, SMALLINT, INT, BIGINT -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> OffsetDateTime.parse(text).toInstant();
            case TIMESTAMP_NTZ -> LocalDateTime.parse(text);
            case INTERVAL_YEAR_MONTH -> IntervalText.yearMonth(text);
            case INTERVAL_DAY_TIME -> IntervalText.dayTime(text);
            case BINARY -> Base64.getDecoder().decode(text);
            case STRING, ARRAY, MAP, STRUCT, VARIANT, VOID, OTHER -> text;
        };
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
