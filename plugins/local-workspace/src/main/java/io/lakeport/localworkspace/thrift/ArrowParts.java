package io.lakeport.localworkspace.thrift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/**
 * An Arrow stream taken apart: this protocol sends the schema message once and record batches without it.
 *
 * @param schema the schema message, never compressed
 * @param batches the record batch messages, compressed if the chunk was
 */
record ArrowParts(byte[] schema, byte[] batches) {
    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int PREFIX = 8;

    /** Takes a chunk apart. */
    static ArrowParts of(byte[] chunk, boolean compressed) throws IOException {
        byte[] stream = chunk;
        if (compressed) {
            try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(chunk))) {
                stream = in.readAllBytes();
            }
        }
        ByteBuffer head = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        if (stream.length < 2 * PREFIX || head.getInt(0) != CONTINUATION) {
            throw new IOException("a stored chunk does not begin as an Arrow stream does");
        }
        int schemaLength = PREFIX + head.getInt(4);
        byte[] schema = Arrays.copyOf(stream, schemaLength);
        byte[] batches = Arrays.copyOfRange(stream, schemaLength, stream.length - PREFIX);
        return new ArrowParts(schema, compressed ? compress(batches) : batches);
    }

    private static byte[] compress(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
