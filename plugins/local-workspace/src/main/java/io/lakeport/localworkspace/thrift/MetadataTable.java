package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.nio.charset.StandardCharsets;
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
        return fetch(0, rows.size());
    }

    /** Returns a TFetchResultsResp with the rows from one position up to another. */
    TStruct fetch(int from, int to) {
        List<TStruct> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(column(i, from, to));
        }
        TStruct rowSet = new TStruct()
                .with(1, (long) from)
                .with(2, TList.of(TType.STRUCT, List.of()))
                .with(3, TList.of(TType.STRUCT, values))
                .with(5, columns.size());
        return new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, to < rows.size())
                .with(3, rowSet)
                .with(1281, schema());
    }

    private TStruct column(int index, int from, int to) {
        TColumns.Kind kind = switch (columns.get(index).typeName()) {
            case "INT" -> TColumns.Kind.I32;
            case "SHORT" -> TColumns.Kind.I16;
            case "BOOLEAN" -> TColumns.Kind.BOOL;
            default -> TColumns.Kind.STRING;
        };
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = from; row < to; row++) {
            values.add(wire(kind, rows.get(row).get(index)));
        }
        return TColumns.of(kind, values);
    }

    private static @Nullable Object wire(TColumns.Kind kind, @Nullable Object value) {
        if (value instanceof Integer number && kind == TColumns.Kind.I16) {
            return number.shortValue();
        }
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
    }
}
