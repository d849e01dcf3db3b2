package io.lakeport.storage.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The schema of a checkpoint's actions in Parquet: the types that occur in them, lists and maps of three levels. */
final class CheckpointSchema {
    private CheckpointSchema() {}

    static MessageType of(StructType schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (StructField field : schema.fields()) {
            message.addField(type(field.getName(), field.getDataType(), repetition(field.isNullable())));
        }
        return message.named("checkpoint");
    }

    private static Repetition repetition(boolean nullable) {
        return nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }

    private static Type type(String name, DataType type, Repetition repetition) {
        if (type instanceof StructType struct) {
            Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.buildGroup(repetition);
            for (StructField field : struct.fields()) {
                group.addField(type(field.getName(), field.getDataType(), repetition(field.isNullable())));
            }
            return group.named(name);
        }
        if (type instanceof ArrayType array) {
            Repetition element = repetition(array.containsNull());
            return Types.list(repetition)
                    .element(type("element", array.getElementType(), element))
                    .named(name);
        }
        if (type instanceof MapType map) {
            return Types.map(repetition)
                    .key(type("key", map.getKeyType(), Repetition.REQUIRED))
                    .value(type("value", map.getValueType(), repetition(map.isValueContainsNull())))
                    .named(name);
        }
        if (type instanceof StringType) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }
        return Types.primitive(primitive(type), repetition).named(name);
    }

    private static PrimitiveTypeName primitive(DataType type) {
        if (type instanceof BooleanType) {
            return PrimitiveTypeName.BOOLEAN;
        }
        if (type instanceof IntegerType) {
            return PrimitiveTypeName.INT32;
        }
        if (type instanceof LongType) {
            return PrimitiveTypeName.INT64;
        }
        if (type instanceof FloatType) {
            return PrimitiveTypeName.FLOAT;
        }
        if (type instanceof DoubleType) {
            return PrimitiveTypeName.DOUBLE;
        }
        if (type instanceof BinaryType) {
            return PrimitiveTypeName.BINARY;
        }
        throw new IllegalArgumentException("an action of the log has a field of type " + type);
    }
}
