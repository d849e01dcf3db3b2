package io.lakeport.core.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named parameter, bound by the warehouse and never spliced into SQL text (Statement Execution API, "parameters").
 * Its {@link #toString()} hides the value.
 *
 * @param name name without the colon: a letter or underscore, then letters, digits and underscores
 * @param type Databricks type text, for example {@code STRING}, {@code INT}, {@code TIMESTAMP}
 * @param value value as text, empty for NULL
 */
public record SqlParameter(String name, String type, Optional<String> value) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public SqlParameter {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "parameter name '" + name + "' is not legal: use a letter or '_', then letters, digits and '_'");
        }
    }

    /**
     * Returns a parameter of the Databricks type that fits the Java value.
     *
     * @param value a String, Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, LocalDate, Instant
     *     (TIMESTAMP), LocalDateTime (TIMESTAMP_NTZ) or null (a STRING that is NULL)
     * @throws IllegalArgumentException for another class, naming it
     */
    public static SqlParameter of(String name, @Nullable Object value) {
        if (value == null) {
            return new SqlParameter(name, "STRING", Optional.empty());
        }
        return new SqlParameter(name, typeOf(name, value), Optional.of(textOf(value)));
    }

    private static String typeOf(String name, Object value) {
        if (value instanceof BigDecimal decimal) {
            int scale = Math.max(decimal.scale(), 0);
            int precision = Math.max(decimal.precision() - Math.min(decimal.scale(), 0), Math.max(scale, 1));
            return "DECIMAL(" + precision + "," + scale + ")";
        }
        return Optional.ofNullable(TYPES.get(value.getClass()))
                .orElseThrow(() -> new IllegalArgumentException("parameter '" + name + "' is a "
                        + value.getClass().getName() + "; expected a string, number, boolean, date or timestamp"));
    }

    private static final java.util.Map<Class<?>, String> TYPES = java.util.Map.ofEntries(
            java.util.Map.entry(String.class, "STRING"),
            java.util.Map.entry(Boolean.class, "BOOLEAN"),
            java.util.Map.entry(Byte.class, "TINYINT"),
            java.util.Map.entry(Short.class, "SMALLINT"),
            java.util.Map.entry(Integer.class, "INT"),
            java.util.Map.entry(Long.class, "BIGINT"),
            java.util.Map.entry(Float.class, "FLOAT"),
            java.util.Map.entry(Double.class, "DOUBLE"),
            java.util.Map.entry(LocalDate.class, "DATE"),
            java.util.Map.entry(Instant.class, "TIMESTAMP"),
            java.util.Map.entry(LocalDateTime.class, "TIMESTAMP_NTZ"));

    private static String textOf(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof LocalDateTime local) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
        }
        return value.toString();
    }

    @Override
    public String toString() {
        return ":" + name + " " + type;
    }
}
