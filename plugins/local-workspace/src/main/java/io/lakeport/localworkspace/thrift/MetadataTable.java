package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table in memory, which answers a metadata call column by column.
 *
 * @param columns its columns: STRING, INT, SHORT or BOOLEAN
 * @param rows one list per row; texts, {@link Integer}s and {@link Boolean}s, {@code null} for NULL
 */
record MetadataTable(List<EngineColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
    private static final int COLUMN_BASED_SET = 1;
    private static final int BOOL_COLUMN = 1;
    private static final int I16_COLUMN = 3;
    private static final int I32_COLUMN = 4;
    private static final int STRING_COLUMN = 7;

    /** Returns a TGetResultSetMetadataResp. */
    TStruct schema() {
        return new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, ThriftSchema.of(columns))
                .with(1281, COLUMN_BASED_SET)
                .with(1282, false)
                .with(1287, false);
    }

    /** Returns a TFetchResultsResp with every row. */
    TStruct fetch() {
        List<TStruct> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(column(i));
        }
        TStruct rowSet = new TStruct()
                .with(1, 0L)
                .with(2, TList.of(TType.STRUCT, List.of()))
                .with(3, TList.of(TType.STRUCT, values))
                .with(5, columns.size());
        return new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, false)
                .with(3, rowSet)
                .with(1281, schema());
    }

    private TStruct column(int index) {
        String type = columns.get(index).typeName();
        List<Object> values = new ArrayList<>();
        byte[] nulls = new byte[(rows.size() + 7) / 8];
        for (int row = 0; row < rows.size(); row++) {
            Object value = rows.get(row).get(index);
            if (value == null) {
                nulls[row / 8] |= (byte) (1 << (row % 8));
            }
            values.add(wire(type, value));
        }
        TStruct data =
                new TStruct().with(1, TList.of(elementType(type), values)).with(2, nulls);
        return new TStruct().with(field(type), data);
    }

    private static byte elementType(String type) {
        return switch (type) {
            case "INT" -> TType.I32;
            case "SHORT" -> TType.I16;
            case "BOOLEAN" -> TType.BOOL;
            default -> TType.STRING;
        };
    }

    private static int field(String type) {
        return switch (type) {
            case "INT" -> I32_COLUMN;
            case "SHORT" -> I16_COLUMN;
            case "BOOLEAN" -> BOOL_COLUMN;
            default -> STRING_COLUMN;
        };
    }

    private static Object wire(String type, @Nullable Object value) {
        int number = value instanceof Integer integer ? integer : 0;
        return switch (type) {
            case "INT" -> number;
            case "SHORT" -> (short) number;
            case "BOOLEAN" -> Boolean.TRUE.equals(value);
            default -> value == null ? "" : value.toString();
        };
    }
}
