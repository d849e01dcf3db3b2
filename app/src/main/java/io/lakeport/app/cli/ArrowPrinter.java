package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * Joins the chunks of a result, each an Arrow IPC stream, into one stream: the schema of the first, the batches of all,
 * and one end. Message bodies are copied as they are (Arrow columnar format, "Encapsulated message format").
 */
final class ArrowPrinter {
    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int PREFIX_BYTES = 8;
    private static final byte SCHEMA_MESSAGE = 1;
    private static final int HEADER_TYPE_SLOT = 6;
    private static final int BODY_LENGTH_SLOT = 10;
    private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

    private final Console console;
    private final WritableByteChannel out;
    private boolean schemaWritten;

    ArrowPrinter(Console console) {
        this.console = console;
        this.out = Channels.newChannel(console.out());
    }

    /** Writes the whole result, or less when nobody reads it any more, and returns the number of rows written. */
    long print(ResultStream stream) {
        long rows = 0;
        try {
            for (Optional<ResultChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                try (ResultChunk chunk = next.get()) {
                    write(chunk.data());
                    rows += chunk.rowCount();
                }
                if (console.outputEnded()) {
                    return rows;
                }
            }
            out.write(ByteBuffer.wrap(END));
        } catch (IOException e) {
            throw new UncheckedIOException("the output cannot be written: " + e.getMessage(), e);
        }
        return rows;
    }

    private void write(ByteBuffer chunk) throws IOException {
        while (chunk.remaining() >= PREFIX_BYTES) {
            int start = chunk.position();
            int metadataLength = chunk.getInt(start + 4);
            if (chunk.getInt(start) != CONTINUATION || metadataLength < 0) {
                throw corrupt(start);
            }
            if (metadataLength == 0) {
                return;
            }
            int metadata = start + PREFIX_BYTES;
            long length = PREFIX_BYTES + (long) metadataLength + bodyLength(chunk, metadata);
            if (length > chunk.remaining()) {
                throw corrupt(start);
            }
            boolean schema = headerType(chunk, metadata) == SCHEMA_MESSAGE;
            if (!schema || !schemaWritten) {
                ByteBuffer message = chunk.duplicate();
                message.limit(start + (int) length);
                while (message.hasRemaining()) {
                    out.write(message);
                }
            }
            schemaWritten |= schema;
            chunk.position(start + (int) length);
        }
    }

    private static byte headerType(ByteBuffer chunk, int metadata) {
        int field = field(chunk, metadata, HEADER_TYPE_SLOT);
        return field == 0 ? 0 : chunk.get(field);
    }

    private static long bodyLength(ByteBuffer chunk, int metadata) {
        int field = field(chunk, metadata, BODY_LENGTH_SLOT);
        return field == 0 ? 0 : chunk.getLong(field);
    }

    /** Returns where a field of the flatbuffer's root table stands, 0 when it is left at its default. */
    private static int field(ByteBuffer chunk, int metadata, int slot) {
        int table = metadata + chunk.getInt(metadata);
        int vtable = table - chunk.getInt(table);
        int offset = slot < chunk.getShort(vtable) ? chunk.getShort(vtable + slot) : 0;
        return offset == 0 ? 0 : table + offset;
    }

    private static LakeportException corrupt(int at) {
        return new LakeportException(
                CoreError.RESULT_CORRUPT, "a chunk of the result is no Arrow IPC stream at byte " + at);
    }
}
