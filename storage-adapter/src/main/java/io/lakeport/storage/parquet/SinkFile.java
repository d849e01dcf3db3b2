package io.lakeport.storage.parquet;

import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Gives parquet-java a file that is an object being written. */
final class SinkFile implements OutputFile {
    private final ObjectSink sink;

    SinkFile(ObjectSink sink) {
        this.sink = sink;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Stream(sink);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /**
     * Gathers the many small writes of headers and footers. Closing writes what is gathered and leaves the sink to its
     * owner, who decides between commit and abort.
     */
    private static final class Stream extends PositionOutputStream {
        private static final int BUFFER = 16 << 10;

        private final ObjectSink sink;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

        Stream(ObjectSink sink) {
            this.sink = sink;
        }

        @Override
        public long getPos() {
            return sink.position() + buffer.position();
        }

        @Override
        public void write(int b) throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > buffer.remaining()) {
                flush();
            }
            if (length > buffer.remaining()) {
                writeAll(ByteBuffer.wrap(bytes, offset, length));
            } else {
                buffer.put(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            writeAll(buffer);
            buffer.clear();
        }

        private void writeAll(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                sink.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
