package io.lakeport.storage.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Turns records of parquet-java into rows of Delta Kernel. */
final class ParquetValues {
    private ParquetValues() {}

    /** Returns the fields that a schema names; those that the record lacks are NULL. */
    static Row row(Group record, StructType schema) {
        GroupType type = record.getType();
        Map<Integer, Object> values = new HashMap<>();
        for (int i = 0; i < schema.length(); i++) {
            StructField field = schema.at(i);
            if (type.containsField(field.getName())) {
                Object value = value(record, type.getFieldIndex(field.getName()), field.getDataType());
                if (value != null) {
                    values.put(i, value);
                }
            }
        }
        return new GenericRow(schema, values);
    }

    private static @Nullable Object value(Group record, int field, DataType type) {
        if (record.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        if (type instanceof StructType struct) {
            return row(record.getGroup(field, 0), struct);
        }
        if (type instanceof ArrayType array) {
            return VectorUtils.buildArrayValue(list(record.getGroup(field, 0), array), array.getElementType());
        }
        if (type instanceof MapType map) {
            return map(record.getGroup(field, 0), map);
        }
        return primitive(record, field, type);
    }

    private static List<@Nullable Object> list(Group list, ArrayType type) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            values.add(value(list.getGroup(0, i), 0, type.getElementType()));
        }
        return values;
    }

    private static MapValue map(Group map, MapType type) {
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group entry = map.getGroup(0, i);
            keys.add(value(entry, 0, type.getKeyType()));
            values.add(value(entry, 1, type.getValueType()));
        }
        return new Entries(
                keys.size(),
                VectorUtils.buildColumnVector(keys, type.getKeyType()),
                VectorUtils.buildColumnVector(values, type.getValueType()));
    }

    private record Entries(int size, ColumnVector keys, ColumnVector values) implements MapValue {
        @Override
        public int getSize() {
            return size;
        }

        @Override
        public ColumnVector getKeys() {
            return keys;
        }

        @Override
        public ColumnVector getValues() {
            return values;
        }
    }

    private static Object primitive(Group record, int field, DataType type) {
        if (type instanceof BooleanType) {
            return record.getBoolean(field, 0);
        }
        if (type instanceof ByteType) {
            return (byte) record.getInteger(field, 0);
        }
        if (type instanceof ShortType) {
            return (short) record.getInteger(field, 0);
        }
        if (type instanceof IntegerType || type instanceof DateType) {
            return record.getInteger(field, 0);
        }
        if (type instanceof FloatType) {
            return record.getFloat(field, 0);
        }
        if (type instanceof DoubleType) {
            return record.getDouble(field, 0);
        }
        if (type instanceof StringType) {
            return record.getBinary(field, 0).toStringUsingUTF8();
        }
        if (type instanceof BinaryType) {
            return record.getBinary(field, 0).getBytes();
        }
        return type instanceof DecimalType decimal ? decimal(record, field, decimal) : record.getLong(field, 0);
    }

    private static BigDecimal decimal(Group record, int field, DecimalType type) {
        PrimitiveTypeName stored =
                record.getType().getType(field).asPrimitiveType().getPrimitiveTypeName();
        BigInteger unscaled = switch (stored) {
            case INT32 -> BigInteger.valueOf(record.getInteger(field, 0));
            case INT64 -> BigInteger.valueOf(record.getLong(field, 0));
            default -> new BigInteger(record.getBinary(field, 0).getBytes());
        };
        return new BigDecimal(unscaled, type.getScale());
    }
}
