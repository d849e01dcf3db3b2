package io.lakeport.storage.read;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/**
 * An object's content from its first byte to its last. When the connection breaks, the rest is asked for, of the same
 * version of the object. The request and the first bytes after a break are one exchange of the guard, so that it decides
 * how often that is tried; each break that is got over brings at least a byte. Not thread-safe.
 */
public final class ResumingChannel implements ReadableByteChannel {
    private static final int BLOCK = 64 << 10;

    private final ObjectReader reader;
    private final byte[] block = new byte[BLOCK];
    private final String version;
    private final long end;
    private ObjectBody body;
    private long position;
    private boolean closed;

    /** Opens the object; fails at once when there is none. */
    public ResumingChannel(ObjectReader reader) {
        this.reader = reader;
        this.body = reader.guarded(() -> reader.open(0, ""));
        this.version = body.version();
        this.end = body.end();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        int count;
        try {
            count = take(target.remaining());
        } catch (IOException | RuntimeException e) {
            count = position == end ? atTheEnd(e) : resume(target.remaining(), e);
        }
        if (count > 0) {
            target.put(block, 0, count);
            position += count;
        }
        return count;
    }

    private int take(int most) throws IOException {
        int count = body.content().read(block, 0, Math.min(most, BLOCK));
        if (count < 0 && position < end) {
            throw new IOException(reader.where() + " ended after " + position + " of " + end + " bytes");
        }
        return count;
    }

    /** A connection that breaks after the last byte took nothing away; anything else says that the bytes are wrong. */
    private int atTheEnd(Exception e) throws IOException {
        if (e instanceof IOException) {
            return -1;
        }
        throw new IOException(reader.where() + " does not match its checksum", e);
    }

    private int resume(int most, Exception broken) throws IOException {
        body.abandon().run();
        if (Thread.currentThread().isInterrupted()) {
            throw new LakeportException(
                    CoreError.INTERRUPTED, "reading " + reader.where() + " was interrupted", broken);
        }
        try {
            return reader.guarded(() -> reopenAndTake(most));
        } catch (LakeportException e) {
            e.addSuppressed(broken);
            throw e;
        }
    }

    private int reopenAndTake(int most) throws Exception {
        body = reader.open(position, version);
        try {
            return take(most);
        } catch (IOException e) {
            body.abandon().run();
            throw new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE, "the connection broke again at byte " + position, e);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            body.abandon().run();
        }
    }
}
