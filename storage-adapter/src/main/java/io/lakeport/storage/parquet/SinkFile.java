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

    /** Closing is left to the owner of the sink, who decides between commit and abort. */
    private static final class Stream extends PositionOutputStream {
        private final ObjectSink sink;

        Stream(ObjectSink sink) {
            this.sink = sink;
        }

        @Override
        public long getPos() {
            return sink.position();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                sink.write(buffer);
            }
        }
    }
}
