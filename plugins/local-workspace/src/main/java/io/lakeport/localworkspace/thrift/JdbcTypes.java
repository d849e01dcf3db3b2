package io.lakeport.localworkspace.thrift;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GetColumns says of a type beyond its name: JDBC's code, size, digits and radix, and whether NULL is allowed. */
final class JdbcTypes {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\).*");
    private static final int VARCHAR = 12;
    private static final int STRING_SIZE = 255;

    /** JDBC's code, the size in characters or digits, and the digits after the point. */
    private static final Map<String, int[]> TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", new int[] {16, 1, 0}),
            Map.entry("TINYINT", new int[] {-6, 3, 0}),
            Map.entry("SMALLINT", new int[] {5, 5, 0}),
            Map.entry("INT", new int[] {4, 10, 0}),
            Map.entry("BIGINT", new int[] {-5, 19, 0}),
            Map.entry("FLOAT", new int[] {6, 7, 7}),
            Map.entry("DOUBLE", new int[] {8, 15, 15}),
            Map.entry("STRING", new int[] {VARCHAR, STRING_SIZE, 0}),
            Map.entry("BINARY", new int[] {-2, 32_767, 0}),
            Map.entry("DATE", new int[] {91, 10, 0}),
            Map.entry("TIMESTAMP", new int[] {93, 29, 9}),
            Map.entry("TIMESTAMP_NTZ", new int[] {93, 29, 9}),
            Map.entry("ARRAY", new int[] {2003, STRING_SIZE, 0}),
            Map.entry("STRUCT", new int[] {2002, STRING_SIZE, 0}),
            Map.entry("MAP", new int[] {VARCHAR, STRING_SIZE, 0}));

    private JdbcTypes() {}

    /** Returns a row of SHOW COLUMNS with what follows from its type. */
    static Map<String, String> describe(Map<String, String> row) {
        String type = row.getOrDefault("columnType", "STRING").toUpperCase(Locale.ROOT);
        int[] facts = facts(type);
        Map<String, String> full = new LinkedHashMap<>(row);
        full.put("dataType", String.valueOf(facts[0]));
        full.put("columnSize", String.valueOf(facts[1]));
        full.put("decimalDigits", String.valueOf(facts[2]));
        full.put("radix", "10");
        boolean nullable =
                !row.getOrDefault("isNullable", "true").toLowerCase(Locale.ROOT).matches("false|no");
        full.put("Nullable", nullable ? "1" : "0");
        full.put("isNullable", nullable ? "YES" : "NO");
        full.putIfAbsent("isAutoIncrement", "NO");
        // The driver counts from 1 over REST, and adds 1 itself over Thrift.
        full.computeIfPresent("ordinalPosition", (name, position) -> String.valueOf(Integer.parseInt(position) - 1));
        return full;
    }

    private static int[] facts(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new int[] {3, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2))};
        }
        String base = type.split("[<(\\s]", 2)[0];
        return TYPES.getOrDefault(base, new int[] {VARCHAR, STRING_SIZE, 0});
    }
}
