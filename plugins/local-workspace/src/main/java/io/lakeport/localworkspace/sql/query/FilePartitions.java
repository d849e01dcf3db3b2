package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.FilePath;
import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns that directories {@code key=value} make, with types as Spark infers them.
 *
 * @param fields the columns
 * @param files the files
 */
record FilePartitions(List<Field> fields, List<Found> files) {
    private static final Pattern ESCAPED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    static FilePartitions of(FileRequest request) {
        int above = FilePath.parse(request.root().replaceFirst("[^/]*[*?\\[{].*$", ""))
                .parts()
                .size();
        Map<String, SqlType> types = new LinkedHashMap<>();
        for (Found file : request.files()) {
            values(file, above).forEach((name, value) -> types.merge(name, type(value), FilePartitions::wider));
        }
        List<Field> fields = types.entrySet().stream()
                .map(e -> new Field(e.getKey(), e.getValue().equals(SqlType.VOID) ? SqlType.STRING : e.getValue()))
                .toList();
        return new FilePartitions(fields, request.files());
    }

    private static Map<String, String> values(Found file, int above) {
        List<String> parts = file.place().path().parts();
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : parts.subList(Math.min(above, parts.size() - 1), parts.size() - 1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                values.put(unescape(part.substring(0, equals)), unescape(part.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String unescape(String text) {
        Matcher m = ESCAPED.matcher(text);
        return m.replaceAll(r -> {
            String[] codes = r.group().substring(1).split("%");
            byte[] bytes = new byte[codes.length];
            for (int i = 0; i < codes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(codes[i], 16);
            }
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }

    /** Returns DuckDB's expression for a column. */
    String sql(Field field) {
        return "CAST(" + Files.lookup(files, f -> literal(values(f, 0).get(field.name()))) + " AS "
                + field.type().duck() + ")";
    }

    private static String literal(@Nullable String value) {
        return value == null || value.equals(NULL) ? "NULL" : Identifiers.literal(value);
    }

    private static SqlType type(String value) {
        if (value.equals(NULL)) {
            return SqlType.VOID;
        }
        if (value.matches("[+-]?\\d{1,9}")) {
            return SqlType.INT;
        }
        if (value.matches("[+-]?\\d{10,18}")) {
            return SqlType.LONG;
        }
        return value.matches("\\d{4}-\\d{2}-\\d{2}") ? SqlType.DATE : SqlType.STRING;
    }

    private static SqlType wider(SqlType a, SqlType b) {
        if (a.equals(b) || b.equals(SqlType.VOID)) {
            return a;
        }
        if (a.equals(SqlType.VOID)) {
            return b;
        }
        boolean whole = List.of(SqlType.INT, SqlType.LONG).containsAll(List.of(a, b));
        return whole ? SqlType.LONG : SqlType.STRING;
    }
}
