package io.lakeport.storage.partition;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file being written: bytes that wait in memory, and the object that took those before them. Not thread-safe. */
public final class PartitionFile {
    private final Map<String, String> partition;
    private final GrowingBytes waiting = new GrowingBytes();
    private final FileFrame frame;
    private @Nullable ObjectSink sink;
    private long flushed;
    private long rows;

    PartitionFile(Map<String, String> partition, FileFrame frame) {
        this.partition = partition;
        this.frame = frame;
    }

    Map<String, String> partition() {
        return partition;
    }

    /** Returns the bytes that wait, to which rows are added. */
    public GrowingBytes waiting() {
        return waiting;
    }

    /** Returns how many bytes the file has so far, before compression. */
    public long offset() {
        return flushed + waiting.size();
    }

    /** Returns what stands around the rows. */
    public FileFrame frame() {
        return frame;
    }

    void countRows(long more) {
        rows += more;
    }

    boolean isOpen() {
        return sink != null;
    }

    void open(ObjectSink fresh) {
        sink = fresh;
    }

    /** Writes what waits; the file is open. */
    void flush(Packing packing) throws IOException {
        ObjectSink target = sink;
        if (target == null) {
            throw new IllegalStateException("a file must be opened before it is written");
        }
        flushed += waiting.size();
        writeAll(target, packing.pack(waiting.array(), waiting.size()));
        waiting.truncate(0);
    }

    /** Writes bytes as they are; nothing waits. */
    void writeThrough(ByteBuffer bytes) throws IOException {
        ObjectSink target = sink;
        if (target == null) {
            throw new IllegalStateException("a file must be opened before it is written");
        }
        flushed += bytes.remaining();
        writeAll(target, bytes);
    }

    private static void writeAll(ObjectSink target, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    long position() {
        return sink == null ? 0 : sink.position();
    }

    /** Makes the file visible; nothing waits. */
    WrittenFile commit() {
        ObjectSink target = sink;
        if (target == null) {
            throw new IllegalStateException("a file must be opened before it is committed");
        }
        try (target) {
            sink = null;
            return new WrittenFile(target.commit(), rows, partition);
        }
    }

    /** Gives up what was not committed; idempotent. */
    void abort() {
        waiting.free();
        if (sink != null) {
            sink.close();
            sink = null;
        }
    }
}
