package io.lakeport.storage.arrow;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.core.arrow.ArrowType.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Copies some rows of columns into buffers of a new batch, in the order of Arrow's format. Not thread-safe. */
final class RowGather {
    private final List<long[]> nodes = new ArrayList<>();
    private final List<byte[]> buffers = new ArrayList<>();

    /** Returns length and NULL count of each field node. */
    List<long[]> nodes() {
        return nodes;
    }

    List<byte[]> buffers() {
        return buffers;
    }

    void add(ArrowColumn column, int[] rows) {
        ArrowType type = column.field().type();
        if (type.kind() == Kind.NULL) {
            nodes.add(new long[] {rows.length, rows.length});
            return;
        }
        validity(column, rows);
        switch (type.kind()) {
            case STRUCT -> column.children().forEach(child -> add(child, rows));
            case LIST, LARGE_LIST, MAP -> list(column, rows);
            case BOOL -> bits(column, rows);
            default -> {
                if (type.hasOffsets()) {
                    texts(column, rows);
                } else {
                    fixed(column, rows);
                }
            }
        }
    }

    private void validity(ArrowColumn column, int[] rows) {
        byte[] bits = new byte[(rows.length + 7) / 8];
        int nulls = 0;
        for (int i = 0; i < rows.length; i++) {
            if (column.isNull(rows[i])) {
                nulls++;
            } else {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        nodes.add(new long[] {rows.length, nulls});
        buffers.add(nulls == 0 ? new byte[0] : bits);
    }

    private void bits(ArrowColumn column, int[] rows) {
        byte[] bits = new byte[(rows.length + 7) / 8];
        for (int i = 0; i < rows.length; i++) {
            if (column.bool(rows[i])) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        buffers.add(bits);
    }

    private void fixed(ArrowColumn column, int[] rows) {
        int width = column.field().type().width();
        byte[] values = new byte[Math.multiplyExact(rows.length, width)];
        ByteBuffer data = column.data();
        for (int i = 0; i < rows.length; i++) {
            data.get(rows[i] * width, values, i * width, width);
        }
        buffers.add(values);
    }

    private void offsets(ArrowColumn column, int[] rows) {
        int width = column.field().type().offsetWidth();
        byte[] bytes = new byte[(rows.length + 1) * width];
        ByteBuffer offsets = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long at = 0;
        put(offsets, width, at);
        for (int row : rows) {
            at += length(column, row);
            put(offsets, width, at);
        }
        buffers.add(bytes);
    }

    private static void put(ByteBuffer offsets, int width, long at) {
        if (width == Long.BYTES) {
            offsets.putLong(at);
        } else {
            offsets.putInt(Math.toIntExact(at));
        }
    }

    /** What lies under a NULL is left behind. */
    private static int length(ArrowColumn column, int row) {
        return column.isNull(row) ? 0 : column.end(row) - column.start(row);
    }

    private static int total(ArrowColumn column, int[] rows) {
        int total = 0;
        for (int row : rows) {
            total = Math.addExact(total, length(column, row));
        }
        return total;
    }

    private void texts(ArrowColumn column, int[] rows) {
        offsets(column, rows);
        byte[] bytes = new byte[total(column, rows)];
        int at = 0;
        for (int row : rows) {
            if (!column.isNull(row)) {
                column.copy(row, bytes, at);
                at += length(column, row);
            }
        }
        buffers.add(bytes);
    }

    private void list(ArrowColumn column, int[] rows) {
        offsets(column, rows);
        int[] below = new int[total(column, rows)];
        int at = 0;
        for (int row : rows) {
            for (int i = 0, start = column.start(row); i < length(column, row); i++) {
                below[at++] = start + i;
            }
        }
        add(column.children().get(0), below);
    }
}
