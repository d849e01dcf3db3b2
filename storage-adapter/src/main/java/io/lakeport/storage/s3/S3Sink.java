package io.lakeport.storage.s3;

import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Gathers bytes to parts; an object that fits one part is put in one request. It holds one part in memory. */
final class S3Sink implements ObjectSink {
    private static final int FIRST_BUFFER = 64 << 10;
    /** Parts of one size before the next are twice as large: S3 takes 10,000 parts, which is 300 GB this way. */
    private static final int PARTS_OF_A_SIZE = 2_500;

    private static final int SMALLEST_PART = 8 << 20;

    private final ObjectKey key;
    private final S3Upload upload;
    private final Consumer<S3Sink> whenDone;
    private final Sha256 digest = new Sha256();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;
    private long position;
    private boolean closed;

    S3Sink(ObjectKey key, S3Upload upload, Consumer<S3Sink> whenDone) {
        this.key = key;
        this.upload = upload;
        this.whenDone = whenDone;
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        int count = source.remaining();
        digest.update(source.duplicate());
        while (source.hasRemaining()) {
            int part = SMALLEST_PART << (upload.parts() / PARTS_OF_A_SIZE);
            if (filled == part) {
                upload.part(buffer, filled);
                filled = 0;
            }
            int length = Math.min(source.remaining(), part - filled);
            if (buffer.length < filled + length) {
                buffer = Arrays.copyOf(buffer, Math.min(part, Math.max(filled + length, 2 * buffer.length)));
            }
            source.get(buffer, filled, length);
            filled += length;
        }
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public ObjectInfo commit() {
        if (closed) {
            throw new IllegalStateException("object '" + key + "' was committed or given up already");
        }
        try {
            upload.finish(buffer, filled);
            return new ObjectInfo(key, position, digest.hex());
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        buffer = new byte[0];
        whenDone.accept(this);
        upload.abort();
    }
}
