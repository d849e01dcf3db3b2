package io.lakeport.storage.delta;

import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import io.lakeport.storage.parquet.PartitionLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Partition values as directories spell them and as Delta's log does: there NULL is null, and an instant says that it is
 * UTC, because readers would take it for a time of their own zone (Delta protocol, "Partition Value Serialization").
 */
final class PartitionText {
    private static final int FRACTION = 6;

    private PartitionText() {}

    static Map<String, @Nullable String> inLog(Map<String, String> directories, List<Column> columns) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        directories.forEach((name, text) -> values.put(name, inLog(text, kind(columns, name))));
        return values;
    }

    private static SqlType.Kind kind(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(column -> column.type().kind())
                .orElse(SqlType.Kind.STRING);
    }

    private static @Nullable String inLog(String text, SqlType.Kind kind) {
        if (text.equals(PartitionLayout.NULL)) {
            return null;
        }
        if (kind != SqlType.Kind.TIMESTAMP) {
            return text;
        }
        int dot = text.indexOf('.');
        String seconds = dot < 0 ? text : text.substring(0, dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1);
        return seconds.replace(' ', 'T') + "." + fraction + "0".repeat(FRACTION - fraction.length()) + "Z";
    }

    /** Returns the values of a file in the log as directories spell them, with names in one order. */
    static Map<String, String> inDirectories(Map<String, @Nullable String> log, List<Column> columns) {
        Map<String, String> values = new TreeMap<>();
        log.forEach((name, text) -> values.put(name, inDirectory(text, kind(columns, name))));
        return values;
    }

    private static String inDirectory(@Nullable String text, SqlType.Kind kind) {
        if (text == null || text.isEmpty()) {
            return PartitionLayout.NULL;
        }
        if (kind != SqlType.Kind.TIMESTAMP && kind != SqlType.Kind.TIMESTAMP_NTZ) {
            return text;
        }
        String plain = text.replace('T', ' ').replace("Z", "");
        return plain.indexOf('.') < 0 ? plain : plain.replaceAll("\\.?0*$", "");
    }
}
