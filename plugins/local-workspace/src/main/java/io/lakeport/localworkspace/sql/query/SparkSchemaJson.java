package io.lakeport.localworkspace.sql.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;

/** The schema that Spark keeps in the footer of its Parquet files. */
final class SparkSchemaJson {
    private SparkSchemaJson() {}

    static String of(Query query) {
        ObjectNode schema = Json.object().put("type", "struct");
        ArrayNode fields = schema.putArray("fields");
        query.columns().forEach(c -> add(fields, c.name(), c.type(), c.nullable()));
        return schema.toString();
    }

    private static void add(ArrayNode fields, String name, SqlType type, boolean nullable) {
        ObjectNode field = fields.addObject().put("name", name);
        put(field, "type", type);
        field.put("nullable", nullable).putObject("metadata");
    }

    private static void put(ObjectNode node, String name, SqlType type) {
        switch (type.kind()) {
            case STRUCT -> {
                ArrayNode fields = node.putObject(name).put("type", "struct").putArray("fields");
                type.fields().forEach(f -> add(fields, f.name(), f.type(), true));
            }
            case ARRAY -> {
                ObjectNode array = node.putObject(name).put("type", "array");
                put(array, "elementType", type.element());
                array.put("containsNull", true);
            }
            case MAP -> {
                ObjectNode map = node.putObject(name).put("type", "map");
                put(map, "keyType", type.key());
                put(map, "valueType", type.value());
                map.put("valueContainsNull", true);
            }
            default -> node.put(name, simple(type));
        }
    }

    private static String simple(SqlType type) {
        return switch (type.kind()) {
            case BYTE -> "byte";
            case SHORT -> "short";
            case INT -> "integer";
            case LONG -> "long";
            case DECIMAL -> "decimal(" + type.precision() + "," + type.scale() + ")";
            default -> type.is(Kind.VOID) ? "void" : type.catalogText();
        };
    }
}
