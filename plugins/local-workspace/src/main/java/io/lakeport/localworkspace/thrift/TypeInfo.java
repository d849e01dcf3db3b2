package io.lakeport.localworkspace.thrift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What GetTypeInfo answers: Spark's types in the order of its own Thrift server. */
final class TypeInfo {
    /** Name, JDBC's code, precision, whether case counts, searchable, unsigned, radix; a dash is NULL. */
    private static final List<String> TYPES = List.of(
            "VOID 0 - false 3 true -",
            "BOOLEAN 16 - false 3 true -",
            "TINYINT -6 3 false 3 false 10",
            "SMALLINT 5 5 false 3 false 10",
            "INT 4 10 false 3 false 10",
            "BIGINT -5 19 false 3 false 10",
            "FLOAT 6 7 false 3 false 10",
            "DOUBLE 8 15 false 3 false 10",
            "DECIMAL 3 38 false 3 false 10",
            "STRING 12 - true 3 true -",
            "BINARY -2 - false 3 true -",
            "DATE 91 - false 3 true -",
            "TIMESTAMP 93 - false 3 true -",
            "ARRAY 2003 - false 0 true -",
            "MAP 2000 - false 0 true -",
            "STRUCT 2002 - false 0 true -");

    private static final List<String> VALUES =
            List.of("typeName", "dataType", "precision", "caseSensitive", "searchable", "unsigned", "radix");

    private static final MetadataShape SHAPE = new MetadataShape(List.of(
            "TYPE_NAME=typeName",
            "DATA_TYPE:INT=dataType",
            "PRECISION:INT=precision",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "NULLABLE:SHORT=nullable",
            "CASE_SENSITIVE:BOOLEAN=caseSensitive",
            "SEARCHABLE:SHORT=searchable",
            "UNSIGNED_ATTRIBUTE:BOOLEAN=unsigned",
            "FIXED_PREC_SCALE:BOOLEAN=fixed",
            "AUTO_INCREMENT:BOOLEAN=autoIncrement",
            "LOCAL_TYPE_NAME",
            "MINIMUM_SCALE:SHORT=minimumScale",
            "MAXIMUM_SCALE:SHORT=maximumScale",
            "SQL_DATA_TYPE:INT",
            "SQL_DATETIME_SUB:INT",
            "NUM_PREC_RADIX:INT=radix"));

    private TypeInfo() {}

    static MetadataTable table() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String type : TYPES) {
            String[] values = type.split(" ");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                if (!values[i].equals("-")) {
                    row.put(VALUES.get(i), values[i]);
                }
            }
            row.put("nullable", "1");
            row.put("fixed", "false");
            row.put("autoIncrement", "false");
            row.put("minimumScale", "0");
            row.put("maximumScale", "0");
            rows.add(row);
        }
        return SHAPE.fill(rows);
    }
}
