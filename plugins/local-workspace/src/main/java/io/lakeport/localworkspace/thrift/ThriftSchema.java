package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Result schemas as the protocol writes them. */
final class ThriftSchema {
    private static final int STRING_TYPE = 7;
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\)");
    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("BOOLEAN", 0),
            Map.entry("BYTE", 1),
            Map.entry("TINYINT", 1),
            Map.entry("SHORT", 2),
            Map.entry("SMALLINT", 2),
            Map.entry("INT", 3),
            Map.entry("LONG", 4),
            Map.entry("BIGINT", 4),
            Map.entry("FLOAT", 5),
            Map.entry("DOUBLE", 6),
            Map.entry("STRING", STRING_TYPE),
            Map.entry("TIMESTAMP", 8),
            Map.entry("TIMESTAMP_NTZ", 8),
            Map.entry("BINARY", 9),
            Map.entry("ARRAY", 10),
            Map.entry("MAP", 11),
            Map.entry("STRUCT", 12),
            Map.entry("DECIMAL", 15),
            Map.entry("VOID", 16),
            Map.entry("NULL", 16),
            Map.entry("DATE", 17),
            Map.entry("VARCHAR", 18),
            Map.entry("CHAR", 19));

    private ThriftSchema() {}

    /** Returns a TTableSchema. */
    static TStruct of(List<EngineColumn> columns) {
        List<TStruct> list = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            EngineColumn column = columns.get(i);
            list.add(new TStruct()
                    .with(1, column.name())
                    .with(2, typeDescription(column))
                    .with(3, i + 1));
        }
        return new TStruct().with(1, TList.of(TType.STRUCT, list));
    }

    private static TStruct typeDescription(EngineColumn column) {
        String text = column.typeText().toUpperCase(Locale.ROOT);
        TStruct primitive = new TStruct().with(1, typeId(column, text));
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            TMap qualifiers = new TMap();
            qualifiers.entries().put("precision", qualifier(decimal.group(1)));
            qualifiers.entries().put("scale", qualifier(decimal.group(2)));
            primitive.with(2, new TStruct().with(1, qualifiers));
        }
        TStruct entry = new TStruct().with(1, primitive);
        return new TStruct().with(1, TList.of(TType.STRUCT, List.of(entry)));
    }

    private static int typeId(EngineColumn column, String text) {
        if (text.startsWith("INTERVAL")) {
            return text.contains("YEAR") || text.contains("MONTH") ? 20 : 21;
        }
        return TYPES.getOrDefault(column.typeName().toUpperCase(Locale.ROOT), STRING_TYPE);
    }

    private static TStruct qualifier(String number) {
        return new TStruct().with(1, Integer.parseInt(number));
    }
}
