package io.lakeport.core.sql;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A type of Databricks SQL. Immutable.
 *
 * @param kind base type
 * @param precision digits of a DECIMAL (1 to 38), otherwise 0
 * @param scale fraction digits of a DECIMAL (0 to precision), otherwise 0
 * @param qualifier fields of an interval such as {@code YEAR TO MONTH}, or the whole text of a type that is
 *     {@link Kind#OTHER}; otherwise empty
 * @param fields element of an ARRAY ({@code element}), key and value of a MAP, fields of a STRUCT; otherwise empty
 */
public record SqlType(Kind kind, int precision, int scale, String qualifier, List<Field> fields) {
    /** Base types; the names are those of the Statement Execution API where it has one. */
    public enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        DECIMAL,
        STRING,
        BINARY,
        DATE,
        /** An instant, microseconds, shown in the session's zone. */
        TIMESTAMP,
        /** A wall-clock time without zone, microseconds. */
        TIMESTAMP_NTZ,
        INTERVAL_YEAR_MONTH,
        INTERVAL_DAY_TIME,
        ARRAY,
        MAP,
        STRUCT,
        /** Semi-structured; travels as JSON text. */
        VARIANT,
        VOID,
        /** A type this version does not know, for example GEOMETRY; travels as text. */
        OTHER
    }

    /**
     * A named part of a nested type.
     *
     * @param name field name, as it is
     * @param type its type
     */
    public record Field(String name, SqlType type) {
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }

    public SqlType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(qualifier, "qualifier");
        fields = List.copyOf(fields);
        if (kind == Kind.DECIMAL && (precision < 1 || precision > 38 || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("DECIMAL(" + precision + "," + scale
                    + ") is not legal: precision is 1 to 38, scale 0 to precision");
        }
    }

    /** Returns a type that needs no more than its kind. */
    public static SqlType of(Kind kind) {
        return new SqlType(kind, 0, 0, "", List.of());
    }

    /** Returns whether {@code other} is this type or holds every value of it, so that readers bring both together. */
    public boolean widensTo(SqlType other) {
        return TypeWidening.holds(other, this);
    }

    /** Returns a decimal type. */
    public static SqlType decimal(int precision, int scale) {
        return new SqlType(Kind.DECIMAL, precision, scale, "", List.of());
    }

    /** Returns an array type. */
    public static SqlType array(SqlType element) {
        return new SqlType(Kind.ARRAY, 0, 0, "", List.of(new Field("element", element)));
    }

    /** Returns a map type. */
    public static SqlType map(SqlType key, SqlType value) {
        return new SqlType(Kind.MAP, 0, 0, "", List.of(new Field("key", key), new Field("value", value)));
    }

    /** Returns a struct type. */
    public static SqlType struct(List<Field> fields) {
        return new SqlType(Kind.STRUCT, 0, 0, "", fields);
    }

    /** Returns whether values of this type hold values of others. */
    public boolean isNested() {
        return kind == Kind.ARRAY || kind == Kind.MAP || kind == Kind.STRUCT;
    }

    /** Returns the type as Databricks writes it, for example {@code STRUCT<a: INT, b: ARRAY<STRING>>}. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + "," + scale + ")";
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "INTERVAL " + qualifier;
            case ARRAY -> "ARRAY<" + fields.get(0).type() + ">";
            case MAP -> "MAP<" + fields.get(0).type() + ", " + fields.get(1).type() + ">";
            case STRUCT -> "STRUCT<" + fields.stream().map(SqlType::fieldText).collect(Collectors.joining(", ")) + ">";
            case OTHER -> qualifier;
            default -> kind.name().toUpperCase(Locale.ROOT);
        };
    }

    private static String fieldText(Field field) {
        boolean bare = field.name().matches("[A-Za-z_][A-Za-z0-9_]*");
        return (bare ? field.name() : Identifier.of(field.name()).quoted()) + ": " + field.type();
    }
}
