package io.lakeport.core.arrow;

import io.lakeport.core.arrow.ArrowType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a Schema message. Numbers of fields and types are those of Arrow's {@code Schema.fbs}.
 */
final class SchemaReader {
    private static final int MAX_DEPTH = 64;

    private SchemaReader() {}

    static List<ArrowField> fields(FlatTable schema) {
        if (schema.int16(0, 0) != 0) {
            throw new ArrowFormatException("the stream is big-endian; only little-endian streams are read");
        }
        return fields(schema, 1, 0);
    }

    private static List<ArrowField> fields(FlatTable parent, int field, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ArrowFormatException("types are nested deeper than " + MAX_DEPTH);
        }
        int count = parent.vectorLength(field, 4);
        List<ArrowField> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(field(parent.element(field, i), depth));
        }
        return fields;
    }

    private static ArrowField field(FlatTable table, int depth) {
        String name = table.text(0);
        if (table.has(4)) {
            throw new ArrowFormatException("column '" + name + "' is dictionary-encoded, which Databricks never sends");
        }
        List<ArrowField> children = fields(table, 5, depth + 1);
        ArrowType type = type(name, table.int8(2, 0), table.has(3) ? table.table(3) : table);
        int expected = switch (type.kind()) {
            case LIST, LARGE_LIST, MAP -> 1;
            case STRUCT -> children.size();
            default -> 0;
        };
        if (children.size() != expected) {
            throw new ArrowFormatException(
                    "column '" + name + "' has " + children.size() + " children, expected " + expected);
        }
        return new ArrowField(name, table.int8(1, 0) != 0, type, children, metadata(table));
    }

    private static Map<String, String> metadata(FlatTable field) {
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < field.vectorLength(6, 4); i++) {
            FlatTable entry = field.element(6, i);
            metadata.put(entry.text(0), entry.text(1));
        }
        return metadata;
    }

    private static ArrowType type(String name, int id, FlatTable type) {
        return switch (id) {
            case 1 -> ArrowType.of(Kind.NULL, 0);
            case 2 -> integer(name, type);
            case 3 -> floating(name, type);
            case 4 -> ArrowType.of(Kind.BINARY, 0);
            case 5 -> ArrowType.of(Kind.UTF8, 0);
            case 6 -> ArrowType.of(Kind.BOOL, 0);
            case 7 -> decimal(name, type);
            case 8 -> type.int16(0, 1) == 0 ? ArrowType.of(Kind.DATE_DAY, 4) : unsupported(name, "Date(MILLISECOND)");
            case 10 -> timestamp(type);
            case 11 -> interval(name, type);
            case 12 -> ArrowType.of(Kind.LIST, 0);
            case 13 -> ArrowType.of(Kind.STRUCT, 0);
            case 15 -> fixedBinary(name, type);
            case 17 -> ArrowType.of(Kind.MAP, 0);
            case 18 -> ArrowType.of(Kind.values()[Kind.DURATION_SECOND.ordinal() + unit(type.int16(0, 1))], 8);
            case 19 -> ArrowType.of(Kind.LARGE_BINARY, 0);
            case 20 -> ArrowType.of(Kind.LARGE_UTF8, 0);
            case 21 -> ArrowType.of(Kind.LARGE_LIST, 0);
            default -> unsupported(name, "type " + id);
        };
    }

    private static ArrowType integer(String name, FlatTable type) {
        boolean signed = type.int8(1, 0) != 0;
        int bits = type.int32(0, 0);
        if (!signed) {
            return unsupported(name, "unsigned integer of " + bits + " bits");
        }
        return switch (bits) {
            case 8 -> ArrowType.of(Kind.INT8, 1);
            case 16 -> ArrowType.of(Kind.INT16, 2);
            case 32 -> ArrowType.of(Kind.INT32, 4);
            case 64 -> ArrowType.of(Kind.INT64, 8);
            default -> unsupported(name, "integer of " + bits + " bits");
        };
    }

    private static ArrowType floating(String name, FlatTable type) {
        return switch (type.int16(0, 0)) {
            case 1 -> ArrowType.of(Kind.FLOAT32, 4);
            case 2 -> ArrowType.of(Kind.FLOAT64, 8);
            default -> unsupported(name, "half-precision float");
        };
    }

    private static ArrowType decimal(String name, FlatTable type) {
        int bits = type.int32(2, 128);
        int precision = type.int32(0, 0);
        int scale = type.int32(1, 0);
        if (bits != 128 || precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            return unsupported(name, "decimal(" + precision + "," + scale + ") of " + bits + " bits");
        }
        return new ArrowType(Kind.DECIMAL128, 16, precision, scale, "");
    }

    private static ArrowType timestamp(FlatTable type) {
        Kind kind = Kind.values()[Kind.TIMESTAMP_SECOND.ordinal() + unit(type.int16(0, 0))];
        return new ArrowType(kind, 8, 0, 0, type.text(1));
    }

    private static ArrowType interval(String name, FlatTable type) {
        return switch (type.int16(0, 0)) {
            case 0 -> ArrowType.of(Kind.INTERVAL_MONTHS, 4);
            case 1 -> ArrowType.of(Kind.INTERVAL_DAY_MILLIS, 8);
            default -> unsupported(name, "month-day-nano interval");
        };
    }

    private static ArrowType fixedBinary(String name, FlatTable type) {
        int width = type.int32(0, 0);
        return width > 0 ? ArrowType.of(Kind.FIXED_BINARY, width) : unsupported(name, "binary of width " + width);
    }

    private static int unit(int unit) {
        if (unit < 0 || unit > 3) {
            throw new ArrowFormatException("time unit " + unit + " is unknown");
        }
        return unit;
    }

    private static ArrowType unsupported(String name, String what) {
        throw new ArrowFormatException("column '" + name + "' has an Arrow type that is not read: " + what);
    }
}
