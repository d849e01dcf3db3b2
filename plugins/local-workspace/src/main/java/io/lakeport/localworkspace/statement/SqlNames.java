package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Databricks' types on the fields of an Arrow schema, without which the driver cannot tell nested types over Thrift. */
final class SqlNames {
    private static final String SQL = "Spark:DataType:SqlName";
    private static final String JSON = "Spark:DataType:JsonType";

    private SqlNames() {}

    static Schema on(Schema schema, List<EngineColumn> columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.getFields().size(); i++) {
            Field field = schema.getFields().get(i);
            Map<String, String> metadata = new HashMap<>(field.getMetadata());
            metadata.put(SQL, columns.get(i).typeText());
            metadata.put(JSON, SparkJson.of(columns.get(i).typeText()));
            FieldType type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
            fields.add(new Field(field.getName(), type, field.getChildren()));
        }
        return new Schema(fields, schema.getCustomMetadata());
    }
}
