package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.storage.partition.GrowingBytes;
import java.util.List;

/** Writes columns side by side as one JSON object. Immutable. */
public final class JsonObject {
    private final byte[][] names;
    private final CellText[] cells;
    private final boolean dropNulls;

    JsonObject(List<byte[]> names, List<CellText> cells, boolean dropNulls) {
        this.names = names.toArray(byte[][]::new);
        this.cells = cells.toArray(CellText[]::new);
        this.dropNulls = dropNulls;
    }

    /** Adds one row. */
    public void write(GrowingBytes out, List<ArrowColumn> columns, int row) {
        out.add('{');
        boolean first = true;
        for (int i = 0; i < cells.length; i++) {
            ArrowColumn column = columns.get(i);
            boolean isNull = column.isNull(row);
            if (isNull && dropNulls) {
                continue;
            }
            if (!first) {
                out.add(',');
            }
            first = false;
            out.utf8(names[i]);
            if (isNull) {
                out.ascii("null");
            } else {
                cells[i].write(out, column, row);
            }
        }
        out.add('}');
    }
}
