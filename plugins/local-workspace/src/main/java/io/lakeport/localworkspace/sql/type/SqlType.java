package io.lakeport.localworkspace.sql.type;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A Databricks type.
 *
 * @param precision digits of a DECIMAL; the first {@link IntervalUnit} of an interval by ordinal; otherwise 0
 * @param scale digits after the point of a DECIMAL; the last unit of an interval; otherwise 0
 * @param fields the element of an ARRAY, key and value of a MAP, fields of a STRUCT; otherwise empty
 */
public record SqlType(Kind kind, int precision, int scale, List<Field> fields) {
    /** The most digits a DECIMAL has. */
    public static final int MAX_PRECISION = 38;

    public static final SqlType BOOLEAN = of(Kind.BOOLEAN);
    public static final SqlType BYTE = of(Kind.BYTE);
    public static final SqlType SHORT = of(Kind.SHORT);
    public static final SqlType INT = of(Kind.INT);
    public static final SqlType LONG = of(Kind.LONG);
    public static final SqlType FLOAT = of(Kind.FLOAT);
    public static final SqlType DOUBLE = of(Kind.DOUBLE);
    public static final SqlType STRING = of(Kind.STRING);
    public static final SqlType BINARY = of(Kind.BINARY);
    public static final SqlType DATE = of(Kind.DATE);
    public static final SqlType TIMESTAMP = of(Kind.TIMESTAMP);
    public static final SqlType TIMESTAMP_NTZ = of(Kind.TIMESTAMP_NTZ);
    public static final SqlType VARIANT = of(Kind.VARIANT);
    public static final SqlType VOID = of(Kind.VOID);

    public SqlType {
        fields = List.copyOf(fields);
    }

    /** A named part of a nested type. */
    public record Field(String name, SqlType type) {}

    /** Returns a type that has no parts and no precision. */
    public static SqlType of(Kind kind) {
        return new SqlType(kind, 0, 0, List.of());
    }

    /** Returns DECIMAL(precision, scale), cut to 38 digits the way Spark cuts: the scale gives way down to 6. */
    public static SqlType decimal(int precision, int scale) {
        if (precision <= MAX_PRECISION) {
            return new SqlType(Kind.DECIMAL, precision, scale, List.of());
        }
        int whole = precision - scale;
        int kept = Math.max(MAX_PRECISION - whole, Math.min(scale, 6));
        return new SqlType(Kind.DECIMAL, MAX_PRECISION, kept, List.of());
    }

    /** Returns the interval type from one unit to another. */
    public static SqlType interval(IntervalUnit from, IntervalUnit to) {
        Kind kind = from.isYearMonth() ? Kind.INTERVAL_YM : Kind.INTERVAL_DT;
        return new SqlType(kind, from.ordinal(), to.ordinal(), List.of());
    }

    /** Returns ARRAY&lt;element&gt;. */
    public static SqlType array(SqlType element) {
        return new SqlType(Kind.ARRAY, 0, 0, List.of(new Field("element", element)));
    }

    /** Returns MAP&lt;key, value&gt;. */
    public static SqlType map(SqlType key, SqlType value) {
        return new SqlType(Kind.MAP, 0, 0, List.of(new Field("key", key), new Field("value", value)));
    }

    /** Returns STRUCT with those fields. */
    public static SqlType struct(List<Field> fields) {
        return new SqlType(Kind.STRUCT, 0, 0, fields);
    }

    /** Returns the element of an ARRAY. */
    public SqlType element() {
        return fields.get(0).type();
    }

    /** Returns the key of a MAP. */
    public SqlType key() {
        return fields.get(0).type();
    }

    /** Returns the value of a MAP. */
    public SqlType value() {
        return fields.get(1).type();
    }

    /** Whether this is of that kind. */
    public boolean is(Kind other) {
        return kind == other;
    }

    /** Returns the full text as Databricks prints it, for example {@code STRUCT<a: INT, b: ARRAY<STRING>>}. */
    public String text() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case ARRAY -> "ARRAY<" + element().text() + ">";
            case MAP -> "MAP<" + key().text() + ", " + value().text() + ">";
            case STRUCT ->
                fields.stream()
                        .map(f -> quoteIfNeeded(f.name()) + ": " + f.type().text())
                        .collect(Collectors.joining(", ", "STRUCT<", ">"));
            case INTERVAL_YM, INTERVAL_DT -> intervalText();
            default -> kind.text();
        };
    }

    /** Returns the text that DESCRIBE and the catalog print, for example {@code struct<a:int>}. */
    public String catalogText() {
        return switch (kind) {
            case ARRAY -> "array<" + element().catalogText() + ">";
            case MAP -> "map<" + key().catalogText() + "," + value().catalogText() + ">";
            case STRUCT ->
                fields.stream()
                        .map(f -> f.name() + ":" + f.type().catalogText())
                        .collect(Collectors.joining(",", "struct<", ">"));
            default -> text().toLowerCase(Locale.ROOT);
        };
    }

    /** Returns the DuckDB type that holds values of this type. */
    public String duck() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case ARRAY -> element().duck() + "[]";
            case MAP -> "MAP(" + key().duck() + ", " + value().duck() + ")";
            case STRUCT ->
                fields.isEmpty()
                        ? "STRUCT(\"__empty\" BOOLEAN)"
                        : fields.stream()
                                .map(f -> "\"" + f.name().replace("\"", "\"\"") + "\" "
                                        + f.type().duck())
                                .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> kind.duck();
        };
    }

    /** Whether DuckDB's own type names this one, so that the catalog need not remember it beside the column. */
    public boolean followsFromDuck() {
        return !kind.isInterval()
                && kind != Kind.VARIANT
                && kind != Kind.VOID
                && fields.stream().allMatch(f -> f.type().followsFromDuck());
    }

    private String intervalText() {
        IntervalUnit from = IntervalUnit.values()[precision];
        IntervalUnit to = IntervalUnit.values()[scale];
        return from == to ? "INTERVAL " + from : "INTERVAL " + from + " TO " + to;
    }

    private static String quoteIfNeeded(String name) {
        return name.matches("[A-Za-z0-9_]+") ? name : "`" + name.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return text();
    }
}
