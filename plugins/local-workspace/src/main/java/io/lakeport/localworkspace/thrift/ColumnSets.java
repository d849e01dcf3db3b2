package io.lakeport.localworkspace.thrift;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Thrift's own columns, for clients that do not read Arrow; what has no column type there comes as text. */
final class ColumnSets {
    private ColumnSets() {}

    /** The column's number in Thrift's union, the type of its elements, and its values. */
    private static final class Column {
        private final int field;
        private final byte type;
        private final List<Object> values = new ArrayList<>();
        private final List<Boolean> nulls = new ArrayList<>();

        Column(int field, byte type) {
            this.field = field;
            this.type = type;
        }

        static Column of(Field field) {
            return switch (field.getType().getTypeID()) {
                case Bool -> new Column(1, TType.BOOL);
                case Int ->
                    switch (((org.apache.arrow.vector.types.pojo.ArrowType.Int) field.getType()).getBitWidth()) {
                        case 8 -> new Column(2, TType.BYTE);
                        case 16 -> new Column(3, TType.I16);
                        case 32 -> new Column(4, TType.I32);
                        default -> new Column(5, TType.I64);
                    };
                case FloatingPoint -> new Column(6, TType.DOUBLE);
                case Binary -> new Column(8, TType.STRING);
                default -> new Column(7, TType.STRING);
            };
        }

        TStruct struct() {
            byte[] bits = new byte[(nulls.size() + 7) / 8];
            for (int row = 0; row < nulls.size(); row++) {
                if (nulls.get(row)) {
                    bits[row / 8] |= (byte) (1 << (row % 8));
                }
            }
            return new TStruct()
                    .with(field, new TStruct().with(1, TList.of(type, values)).with(2, bits));
        }

        void add(FieldVector vector, int rows) {
            for (int row = 0; row < rows; row++) {
                boolean missing = vector.isNull(row);
                nulls.add(missing);
                values.add(missing ? nothing() : value(vector, row));
            }
        }

        private Object nothing() {
            return switch (type) {
                case TType.BOOL -> false;
                case TType.BYTE -> (byte) 0;
                case TType.I16 -> (short) 0;
                case TType.I32 -> 0;
                case TType.I64 -> 0L;
                case TType.DOUBLE -> 0.0;
                default -> "";
            };
        }
    }

    private static Object value(FieldVector vector, int row) {
        if (vector instanceof BitVector bit) {
            return bit.get(row) == 1;
        } else if (vector instanceof TinyIntVector number) {
            return number.get(row);
        } else if (vector instanceof SmallIntVector number) {
            return number.get(row);
        } else if (vector instanceof IntVector number) {
            return number.get(row);
        } else if (vector instanceof BigIntVector number) {
            return number.get(row);
        } else if (vector instanceof Float4Vector number) {
            // By its digits: 0.1f is 0.1 and not 0.10000000149011612.
            return Double.parseDouble(Float.toString(number.get(row)));
        } else if (vector instanceof Float8Vector number) {
            return number.get(row);
        } else if (vector instanceof VarBinaryVector binary) {
            return binary.get(row);
        } else if (vector instanceof DateDayVector day) {
            return LocalDate.ofEpochDay(day.get(row)).toString();
        }
        return String.valueOf(vector.getObject(row));
    }

    /** Returns columns without rows. */
    static List<TStruct> empty(int columns) {
        return Collections.nCopies(columns, new Column(7, TType.STRING).struct());
    }

    /** Returns the columns of an Arrow stream. */
    static List<TStruct> of(byte[] arrowStream) throws IOException {
        List<Column> columns = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrowStream), allocator)) {
            reader.getVectorSchemaRoot().getSchema().getFields().forEach(field -> columns.add(Column.of(field)));
            while (reader.loadNextBatch()) {
                int rows = reader.getVectorSchemaRoot().getRowCount();
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).add(reader.getVectorSchemaRoot().getVector(i), rows);
                }
            }
        }
        return columns.stream().map(Column::struct).toList();
    }
}
