package io.lakeport.storage.parquet;

import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowType;
import java.math.BigInteger;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The Parquet form of each Arrow type; the published table is {@code docs/types.md}. */
final class ParquetTypes {
    /** Decimals of up to so many digits are 64 bits wide. */
    private static final int LONG_DIGITS = 18;
    /** Decimals of up to so many digits are 32 bits wide. */
    private static final int INT_DIGITS = 9;

    private ParquetTypes() {}

    static MessageType message(List<ArrowField> fields, ParquetOptions options) {
        MessageType schema = new MessageType(
                "spark_schema",
                fields.stream().map(field -> type(field, Repetition.OPTIONAL)).toList());
        return options.fieldIds() ? FieldIds.number(schema) : schema;
    }

    private static Type type(ArrowField field, Repetition repetition) {
        String name = field.name();
        return switch (field.type().kind()) {
            case LIST, LARGE_LIST -> {
                Type element = named(field.children().get(0), "element", Repetition.OPTIONAL);
                yield repeated(repetition, name, LogicalTypeAnnotation.listType(), "list", List.of(element));
            }
            case MAP -> {
                List<ArrowField> entry = field.children().get(0).children();
                Type key = named(entry.get(0), "key", Repetition.REQUIRED);
                Type value = named(entry.get(1), "value", Repetition.OPTIONAL);
                yield repeated(repetition, name, LogicalTypeAnnotation.mapType(), "key_value", List.of(key, value));
            }
            case STRUCT ->
                new GroupType(
                        repetition,
                        name,
                        field.children().stream()
                                .map(child -> type(child, Repetition.OPTIONAL))
                                .toList());
            default -> primitive(field.type(), repetition).named(name);
        };
    }

    private static Type repeated(
            Repetition repetition, String name, LogicalTypeAnnotation annotation, String group, List<Type> parts) {
        return Types.buildGroup(repetition)
                .as(annotation)
                .addField(new GroupType(Repetition.REPEATED, group, parts))
                .named(name);
    }

    private static Type named(ArrowField field, String name, Repetition repetition) {
        return type(
                new ArrowField(name, field.nullable(), field.type(), field.children(), field.metadata()), repetition);
    }

    private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> primitive(
            ArrowType type, Repetition repetition) {
        return switch (type.kind()) {
            case BOOL -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition);
            case INT8 -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(LogicalTypeAnnotation.intType(8));
            case INT16 -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(LogicalTypeAnnotation.intType(16));
            case INT32, INTERVAL_MONTHS -> Types.primitive(PrimitiveTypeName.INT32, repetition);
            case DATE_DAY ->
                Types.primitive(PrimitiveTypeName.INT32, repetition).as(LogicalTypeAnnotation.dateType());
            case FLOAT32 -> Types.primitive(PrimitiveTypeName.FLOAT, repetition);
            case FLOAT64 -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition);
            case DECIMAL128 -> decimal(type, repetition);
            case TIMESTAMP_SECOND, TIMESTAMP_MILLI, TIMESTAMP_MICRO, TIMESTAMP_NANO ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(LogicalTypeAnnotation.timestampType(!type.zone().isEmpty(), TimeUnit.MICROS));
            case UTF8, LARGE_UTF8 ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition).as(LogicalTypeAnnotation.stringType());
            case BINARY, LARGE_BINARY, FIXED_BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition);
            // A column that is always NULL has no physical type of its own; readers agree on INT32.
            case NULL -> Types.primitive(PrimitiveTypeName.INT32, repetition);
            default -> Types.primitive(PrimitiveTypeName.INT64, repetition);
        };
    }

    private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> decimal(
            ArrowType type, Repetition repetition) {
        LogicalTypeAnnotation annotation = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        if (type.precision() <= INT_DIGITS) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition).as(annotation);
        }
        if (type.precision() <= LONG_DIGITS) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition).as(annotation);
        }
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(decimalWidth(type.precision()))
                .as(annotation);
    }

    /** Returns the fewest bytes that hold every unscaled value of so many digits, its sign included. */
    static int decimalWidth(int precision) {
        return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / Byte.SIZE + 1;
    }
}
