package io.lakeport.core.arrow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Builds the column views of one record batch. Numbers of fields are those of Arrow's {@code Message.fbs}. */
final class BatchReader {
    private static final int NODE_BYTES = 16;
    private static final int BUFFER_BYTES = 16;

    private final ByteBuffer buffer;
    private final ArrowStream.Message message;
    private final int nodes;
    private final int buffers;
    private int nextNode;
    private int nextBuffer;

    private BatchReader(ByteBuffer buffer, ArrowStream.Message message) {
        this.buffer = buffer;
        this.message = message;
        this.nodes = message.header().vectorLength(1, NODE_BYTES);
        this.buffers = message.header().vectorLength(2, BUFFER_BYTES);
        if (message.header().has(3)) {
            throw new ArrowFormatException("the batch before offset " + (message.bodyStart() + message.bodyLength())
                    + " has compressed buffers; ask for LZ4 frames around the stream instead");
        }
    }

    static ArrowBatch read(ByteBuffer buffer, ArrowStream.Message message, List<ArrowField> fields) {
        BatchReader reader = new BatchReader(buffer, message);
        int length = reader.count(message.header().int64(0, 0), "rows");
        List<ArrowColumn> columns = new ArrayList<>(fields.size());
        for (ArrowField field : fields) {
            ArrowColumn column = reader.column(field);
            checkLength(column, length);
            columns.add(column);
        }
        return new ArrowBatch(length, columns);
    }

    private static void checkLength(ArrowColumn column, int rows) {
        if (column.length() != rows) {
            throw new ArrowFormatException(
                    "column '" + column.field().name() + "' has " + column.length() + " values, expected " + rows);
        }
    }

    private ArrowColumn column(ArrowField field) {
        if (nextNode == nodes) {
            throw new ArrowFormatException("the batch has no node for column '" + field.name() + "'");
        }
        int node = message.header().vectorStart(1) + NODE_BYTES * nextNode++;
        int length = count(FlatTable.int64(buffer, node), "values");
        int nulls = count(FlatTable.int64(buffer, node + 8), "nulls");
        ArrowType type = field.type();
        if (type.kind() == ArrowType.Kind.NULL) {
            return new ArrowColumn(field, buffer, length, length, Region.NONE, Region.NONE, Region.NONE, List.of());
        }
        Region validity = region((length + 7L) / 8, field, nulls > 0);
        Region offsets =
                type.hasOffsets() ? region((length + 1L) * type.offsetWidth(), field, length > 0) : Region.NONE;
        Region data = switch (type.kind()) {
            case LIST, LARGE_LIST, MAP, STRUCT -> Region.NONE;
            case BOOL -> region((length + 7L) / 8, field, true);
            default -> region((long) length * type.width(), field, true);
        };
        List<ArrowColumn> children = new ArrayList<>(field.children().size());
        for (ArrowField child : field.children()) {
            children.add(column(child));
        }
        if (type.kind() == ArrowType.Kind.STRUCT) {
            children.forEach(child -> checkLength(child, length));
        }
        return new ArrowColumn(field, buffer, length, nulls, validity, offsets, data, children);
    }

    private Region region(long atLeast, ArrowField field, boolean required) {
        if (nextBuffer == buffers) {
            throw new ArrowFormatException("the batch has too few buffers for column '" + field.name() + "'");
        }
        int entry = message.header().vectorStart(2) + BUFFER_BYTES * nextBuffer++;
        long offset = FlatTable.int64(buffer, entry);
        long length = FlatTable.int64(buffer, entry + 8);
        if (offset < 0 || length < 0 || offset > message.bodyLength() || length > message.bodyLength() - offset) {
            throw new ArrowFormatException("a buffer of column '" + field.name() + "' (" + offset + "+" + length
                    + ") leaves the body of " + message.bodyLength() + " bytes");
        }
        if (length < atLeast && (required || length > 0)) {
            throw new ArrowFormatException(
                    "a buffer of column '" + field.name() + "' has " + length + " bytes, expected at least " + atLeast);
        }
        return new Region(message.bodyStart() + (int) offset, (int) length);
    }

    private int count(long value, String what) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ArrowFormatException("a batch says it has " + value + " " + what);
        }
        return (int) value;
    }

    /**
     * Part of the stream.
     *
     * @param start offset of the first byte
     * @param length bytes
     */
    record Region(int start, int length) {
        static final Region NONE = new Region(0, 0);
    }
}
