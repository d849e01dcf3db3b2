package io.lakeport.storage.text;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file being written: lines that wait in memory, and the object that took those before them. */
final class LineFile {
    private final Map<String, String> partition;
    private final ByteText waiting = new ByteText();
    private @Nullable ObjectSink sink;
    private long rows;

    LineFile(Map<String, String> partition) {
        this.partition = partition;
    }

    Map<String, String> partition() {
        return partition;
    }

    ByteText waiting() {
        return waiting;
    }

    void countRow() {
        rows++;
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
        ByteBuffer packed = packing.pack(waiting.array(), waiting.size());
        while (packed.hasRemaining()) {
            target.write(packed);
        }
        waiting.truncate(0);
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
