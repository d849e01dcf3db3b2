package io.lakeport.storage.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The schema as Spark writes it into a file's metadata, so that Spark reads back the same types. */
final class SparkSchema {
    /** Key of the metadata entry (Spark's {@code ParquetReadSupport.SPARK_METADATA_KEY}). */
    static final String KEY = "org.apache.spark.sql.parquet.row.metadata";

    private static final ObjectMapper JSON = new ObjectMapper();

    private SparkSchema() {}

    static String json(List<Column> columns, List<ArrowField> fields) {
        List<SqlType.Field> typed = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            boolean asText = isText(fields.get(i).type());
            SqlType type =
                    asText ? SqlType.of(SqlType.Kind.STRING) : columns.get(i).type();
            typed.add(new SqlType.Field(columns.get(i).name(), type));
        }
        return struct(typed).toString();
    }

    /** Whatever arrives as text is text in the file, also a nested type that came as JSON. */
    private static boolean isText(ArrowType type) {
        return type.kind() == ArrowType.Kind.UTF8 || type.kind() == ArrowType.Kind.LARGE_UTF8;
    }

    private static ObjectNode struct(List<SqlType.Field> fields) {
        ObjectNode struct = JSON.createObjectNode().put("type", "struct");
        for (SqlType.Field field : fields) {
            struct.withArray("fields")
                    .addObject()
                    .put("name", field.name())
                    .<ObjectNode>set("type", type(field.type()))
                    .put("nullable", true)
                    .putObject("metadata");
        }
        return struct;
    }

    private static JsonNode type(SqlType type) {
        return switch (type.kind()) {
            case ARRAY ->
                JSON.createObjectNode()
                        .put("type", "array")
                        .<ObjectNode>set(
                                "elementType", type(type.fields().get(0).type()))
                        .put("containsNull", true);
            case MAP ->
                JSON.createObjectNode()
                        .put("type", "map")
                        .<ObjectNode>set("keyType", type(type.fields().get(0).type()))
                        .<ObjectNode>set("valueType", type(type.fields().get(1).type()))
                        .put("valueContainsNull", true);
            case STRUCT -> struct(type.fields());
            default -> TextNode.valueOf(name(type));
        };
    }

    private static String name(SqlType type) {
        return switch (type.kind()) {
            case TINYINT -> "byte";
            case SMALLINT -> "short";
            case INT -> "integer";
            case BIGINT -> "long";
            case VARIANT, OTHER -> "string";
            default -> type.toString().toLowerCase(Locale.ROOT);
        };
    }
}
