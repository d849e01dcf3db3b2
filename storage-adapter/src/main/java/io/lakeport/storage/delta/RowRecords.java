package io.lakeport.storage.delta;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows of Delta Kernel as records of parquet-java. */
final class RowRecords {
    private final RecordConsumer out;

    RowRecords(RecordConsumer out) {
        this.out = out;
    }

    void write(Row row) {
        out.startMessage();
        fields(row);
        out.endMessage();
    }

    void flush() {
        out.flush();
    }

    private void fields(Row row) {
        StructType schema = row.getSchema();
        for (int i = 0; i < schema.length(); i++) {
            if (!row.isNullAt(i)) {
                String name = schema.at(i).getName();
                out.startField(name, i);
                field(row, i, schema.at(i).getDataType());
                out.endField(name, i);
            }
        }
    }

    private void field(Row row, int i, DataType type) {
        if (type instanceof StructType) {
            struct(row.getStruct(i));
        } else if (type instanceof ArrayType) {
            list(row.getArray(i));
        } else if (type instanceof MapType) {
            map(row.getMap(i));
        } else if (type instanceof StringType) {
            value(row.getString(i));
        } else if (type instanceof BooleanType) {
            value(row.getBoolean(i));
        } else if (type instanceof IntegerType) {
            value(row.getInt(i));
        } else if (type instanceof FloatType) {
            value(row.getFloat(i));
        } else if (type instanceof DoubleType) {
            value(row.getDouble(i));
        } else if (type instanceof BinaryType) {
            value(row.getBinary(i));
        } else {
            value(row.getLong(i));
        }
    }

    private void struct(Row row) {
        out.startGroup();
        fields(row);
        out.endGroup();
    }

    private void list(ArrayValue array) {
        out.startGroup();
        List<@Nullable Object> values = VectorUtils.toJavaList(array);
        if (!values.isEmpty()) {
            out.startField("list", 0);
            for (Object value : values) {
                out.startGroup();
                part("element", 0, value);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private void map(MapValue map) {
        out.startGroup();
        Map<Object, @Nullable Object> entries = VectorUtils.toJavaMap(map);
        if (!entries.isEmpty()) {
            out.startField("key_value", 0);
            entries.forEach((key, value) -> {
                out.startGroup();
                part("key", 0, key);
                part("value", 1, value);
                out.endGroup();
            });
            out.endField("key_value", 0);
        }
        out.endGroup();
    }

    private void part(String name, int index, @Nullable Object value) {
        if (value != null) {
            out.startField(name, index);
            value(value);
            out.endField(name, index);
        }
    }

    private void value(Object value) {
        if (value instanceof String text) {
            out.addBinary(Binary.fromString(text));
        } else if (value instanceof Boolean flag) {
            out.addBoolean(flag);
        } else if (value instanceof Integer number) {
            out.addInteger(number);
        } else if (value instanceof Long number) {
            out.addLong(number);
        } else if (value instanceof Float number) {
            out.addFloat(number);
        } else if (value instanceof Double number) {
            out.addDouble(number);
        } else if (value instanceof byte[] bytes) {
            out.addBinary(Binary.fromConstantByteArray(bytes));
        } else if (value instanceof Row row) {
            struct(row);
        } else {
            throw new IllegalArgumentException("an action of the log holds a " + value.getClass());
        }
    }
}
