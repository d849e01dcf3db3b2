package io.lakeport.localworkspace.thrift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What GetTypeInfo and GetInfo answer: the types of Databricks as JDBC sees them, and who the server is. */
final class TypeInfo {
    private static final int SERVER_NAME = 13;
    private static final int DBMS_NAME = 17;
    private static final int DBMS_VERSION = 18;
    private static final List<String> TYPES = List.of(
            "VOID",
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "STRING",
            "BINARY",
            "DECIMAL",
            "DATE",
            "TIMESTAMP",
            "TIMESTAMP_NTZ",
            "ARRAY",
            "MAP",
            "STRUCT");
    private static final Set<String> NUMBERS =
            Set.of("TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL");
    private static final Set<String> NESTED = Set.of("ARRAY", "MAP", "STRUCT");

    private TypeInfo() {}

    /** Returns one row for each type, for {@link MetadataShape#TYPE_INFO}. */
    static List<Map<String, String>> rows() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String type : TYPES) {
            Map<String, String> row = new LinkedHashMap<>();
            boolean number = NUMBERS.contains(type);
            row.put("name", type);
            row.put("code", String.valueOf(JdbcTypes.code(type)));
            row.put("precision", String.valueOf(type.equals("DECIMAL") ? 38 : JdbcTypes.size(type)));
            row.put("nullable", "1");
            row.put("caseSensitive", String.valueOf(type.equals("STRING")));
            row.put("searchable", NESTED.contains(type) ? "0" : "3");
            row.put("unsigned", String.valueOf(!number));
            row.put("false", "false");
            row.put("minimumScale", "0");
            row.put("maximumScale", type.equals("DECIMAL") ? "38" : "0");
            if (number) {
                row.put("radix", "10");
            }
            rows.add(row);
        }
        return rows;
    }

    /** Returns a TGetInfoResp. */
    static TStruct info(int type) {
        String text = switch (type) {
            case SERVER_NAME, DBMS_NAME -> "Spark SQL";
            case DBMS_VERSION -> "4.0.0";
            default -> "";
        };
        if (text.isEmpty()) {
            return new TStruct()
                    .with(1, ThriftStatus.error("Unrecognized GetInfoType value: " + type, "HY000"))
                    .with(2, new TStruct().with(1, ""));
        }
        return new TStruct().with(1, ThriftStatus.success()).with(2, new TStruct().with(1, text));
    }
}
