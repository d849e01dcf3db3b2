package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes the columns as text that a client does not take as Arrow's own. Immutable. */
final class TextColumns {
    private final ResultShape shape;

    TextColumns(ResultShape shape) {
        this.shape = shape;
    }

    /** Returns the schema of what {@link #convert} returns. */
    Schema schema(Schema schema) {
        if (shape.isNative()) {
            return schema;
        }
        return new Schema(schema.getFields().stream().map(this::field).toList(), schema.getCustomMetadata());
    }

    private Field field(Field field) {
        return isText(field)
                ? new Field(
                        field.getName(),
                        new FieldType(field.isNullable(), ArrowType.Utf8.INSTANCE, null, field.getMetadata()),
                        List.of())
                : field;
    }

    private boolean isText(Field field) {
        return switch (field.getType().getTypeID()) {
            case Timestamp -> !shape.timestamps();
            case Decimal -> !shape.decimals();
            case List, Map, Struct -> !shape.nested();
            case Interval, Duration -> !shape.intervals();
            default -> false;
        };
    }

    /** Takes a batch over and returns it with texts where they are wanted. */
    VectorSchemaRoot convert(VectorSchemaRoot batch) {
        if (shape.isNative()) {
            return batch;
        }
        List<Field> fields = new ArrayList<>();
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : batch.getFieldVectors()) {
            boolean text = isText(vector.getField());
            fields.add(field(vector.getField()));
            vectors.add(text ? texts(vector, batch.getRowCount()) : vector);
        }
        return new VectorSchemaRoot(fields, vectors, batch.getRowCount());
    }

    private FieldVector texts(FieldVector source, int rows) {
        VarCharVector texts = new VarCharVector(field(source.getField()), source.getAllocator());
        try (source) {
            texts.allocateNew(rows);
            for (int row = 0; row < rows; row++) {
                if (!source.isNull(row)) {
                    texts.setSafe(row, text(source, row).getBytes(StandardCharsets.UTF_8));
                }
            }
            texts.setValueCount(rows);
        }
        return texts;
    }

    private static String text(ValueVector vector, int row) {
        if (vector instanceof ListVector || vector instanceof StructVector) {
            try {
                return new String(Json.bytes(node(vector, row)), StandardCharsets.UTF_8);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of values can always be written", e);
            }
        }
        String text = String.valueOf(CellText.of(vector, row));
        return vector.getField().getType() instanceof ArrowType.Timestamp ? hive(text) : text;
    }

    /** A timestamp as Hive writes it: a blank, and no more digits than there are; of a zone, only the time there. */
    private static String hive(String iso) {
        String local = iso.replaceFirst("(?<=:\\d\\d[.]\\d{3,6})([+-]\\d\\d:\\d\\d|Z)$", "");
        return local.replace('T', ' ').replaceFirst("0+$", "").replaceFirst("[.]$", "");
    }

    private static JsonNode node(ValueVector vector, int row) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (vector instanceof NullVector || vector.isNull(row)) {
            return json.nullNode();
        } else if (vector instanceof MapVector map) {
            return mapNode(map, row);
        } else if (vector instanceof ListVector list) {
            ArrayNode node = json.arrayNode();
            for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
                node.add(node(list.getDataVector(), i));
            }
            return node;
        } else if (vector instanceof StructVector struct) {
            ObjectNode node = Json.object();
            for (FieldVector child : struct.getChildrenFromFields()) {
                node.set(child.getName(), node(child, row));
            }
            return node;
        }
        return scalar(vector, row);
    }

    private static JsonNode mapNode(MapVector map, int row) {
        List<FieldVector> entries = map.getDataVector().getChildrenFromFields();
        ObjectNode node = Json.object();
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            node.set(String.valueOf(CellText.of(entries.get(0), i)), node(entries.get(1), i));
        }
        return node;
    }

    private static JsonNode scalar(ValueVector vector, int row) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (vector instanceof BaseIntVector number) {
            return json.numberNode(number.getValueAsLong(row));
        } else if (vector instanceof BitVector bit) {
            return json.booleanNode(bit.get(row) == 1);
        } else if (vector instanceof Float4Vector number) {
            return json.numberNode(number.get(row));
        } else if (vector instanceof Float8Vector number) {
            return json.numberNode(number.get(row));
        } else if (vector instanceof DecimalVector number) {
            BigDecimal value = number.getObject(row);
            return json.numberNode(value);
        }
        return json.textNode(text(vector, row));
    }
}
