package io.lakeport.app.cli;

import io.lakeport.core.query.StructValue;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a row as text and as JSON. */
final class ValueText {
    private ValueText() {}

    /** Returns a value that is not NULL as text; nested values as JSON. */
    static String of(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().withUpperCase().formatHex(bytes);
        }
        if (value instanceof List || value instanceof Map || value instanceof StructValue) {
            StringBuilder json = new StringBuilder();
            appendJson(json, value);
            return json.toString();
        }
        return value.toString();
    }

    /** Appends a value as JSON. Numbers stay numbers, but for NaN and infinities, which JSON does not have. */
    static void appendJson(StringBuilder json, @Nullable Object value) {
        if (value == null) {
            json.append("null");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                json.append(separator);
                appendJson(json, element);
                separator = ",";
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            appendMembers(json, List.copyOf(map.keySet()), map.values().toArray());
        } else if (value instanceof StructValue struct) {
            appendMembers(json, struct.names(), struct.values().toArray());
        } else if (value instanceof Boolean || isFinite(value)) {
            json.append(of(value));
        } else {
            appendString(json, of(value));
        }
    }

    private static boolean isFinite(Object value) {
        return value instanceof Number
                && !value.toString().endsWith("N")
                && !value.toString().endsWith("y");
    }

    private static void appendMembers(StringBuilder json, List<?> names, @Nullable Object[] values) {
        json.append('{');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                json.append(',');
            }
            appendString(json, of(names.get(i)));
            json.append(':');
            appendJson(json, values[i]);
        }
        json.append('}');
    }

    static void appendString(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
