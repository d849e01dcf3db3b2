package io.lakeport.warehouse.sea;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow streams written by Arrow's own library, so that our reading is judged by somebody else's writing. */
final class ArrowBytes {
    private static final Schema SCHEMA = new Schema(List.of(
            new Field("id", FieldType.nullable(new ArrowType.Int(64, true)), null),
            new Field("name", FieldType.nullable(ArrowType.Utf8.INSTANCE), null)));

    private ArrowBytes() {}

    /** Returns a stream of record batches of up to {@code batch} rows, with ids from {@code first} on. */
    static byte[] stream(long first, int rows, int batch) {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
                writer.start();
                for (int done = 0; done < rows; done += batch) {
                    fill(root, first + done, Math.min(batch, rows - done));
                    writer.writeBatch();
                }
                writer.end();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(VectorSchemaRoot root, long first, int rows) {
        BigIntVector ids = (BigIntVector) root.getVector("id");
        VarCharVector names = (VarCharVector) root.getVector("name");
        root.allocateNew();
        for (int i = 0; i < rows; i++) {
            ids.setSafe(i, first + i);
            names.setSafe(
                    i, ("row " + Long.toHexString((first + i) * 0x9E3779B97F4A7C15L)).getBytes(StandardCharsets.UTF_8));
        }
        root.setRowCount(rows);
    }

    /** Returns the ids in a stream, read by Arrow's own library. */
    static long[] ids(byte[] stream) {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new java.io.ByteArrayInputStream(stream), allocator)) {
            java.util.stream.LongStream.Builder ids = java.util.stream.LongStream.builder();
            while (reader.loadNextBatch()) {
                BigIntVector vector =
                        (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
                for (int i = 0; i < vector.getValueCount(); i++) {
                    ids.add(vector.get(i));
                }
            }
            return ids.build().toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the bytes as an LZ4 frame with both kinds of checksum, as Databricks' own come. */
    static byte[] lz4(byte[] raw) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (LZ4FrameOutputStream frame = new LZ4FrameOutputStream(
                    out,
                    LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB,
                    LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
                    LZ4FrameOutputStream.FLG.Bits.BLOCK_CHECKSUM,
                    LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM)) {
                frame.write(raw);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
