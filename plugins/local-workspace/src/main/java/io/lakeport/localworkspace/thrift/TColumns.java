package io.lakeport.localworkspace.thrift;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes TColumns: the values of one column, and a bit for each NULL among them. */
final class TColumns {
    private TColumns() {}

    /** A kind of column: the field of the union, the element type on the wire, and what stands for NULL. */
    enum Kind {
        BOOL(1, TType.BOOL, false),
        I8(2, TType.BYTE, (byte) 0),
        I16(3, TType.I16, (short) 0),
        I32(4, TType.I32, 0),
        I64(5, TType.I64, 0L),
        DOUBLE(6, TType.DOUBLE, 0.0),
        STRING(7, TType.STRING, new byte[0]),
        BINARY(8, TType.STRING, new byte[0]);

        private final int field;
        private final byte type;
        private final Object absent;

        Kind(int field, byte type, Object absent) {
            this.field = field;
            this.type = type;
            this.absent = absent;
        }
    }

    /**
     * Returns a TColumn.
     *
     * @param values of the Java class that the kind has on the wire, {@code null} for NULL
     */
    static TStruct of(Kind kind, List<? extends @Nullable Object> values) {
        List<Object> wire = new ArrayList<>(values.size());
        byte[] nulls = new byte[(values.size() + 7) / 8];
        for (int row = 0; row < values.size(); row++) {
            Object value = values.get(row);
            if (value == null) {
                nulls[row / 8] |= (byte) (1 << (row % 8));
            }
            wire.add(value == null ? kind.absent : value);
        }
        TStruct data = new TStruct().with(1, TList.of(kind.type, wire)).with(2, nulls);
        return new TStruct().with(kind.field, data);
    }
}
