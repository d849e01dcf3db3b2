package io.lakeport.core.export.stream;

import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one lane writes, segment after segment. Confined to its lane's thread. */
final class LaneWriter implements AutoCloseable {
    private final SegmentFiles files;
    private final long segmentBytes;
    private @Nullable TableWriter writer;
    private int number;
    private TreeSet<Long> chunks = new TreeSet<>();
    private long rows;
    private long bytes;

    LaneWriter(SegmentFiles files, long segmentBytes) {
        this.files = files;
        this.segmentBytes = segmentBytes;
    }

    void write(ResultChunk chunk) {
        if (writer == null) {
            number = files.nextNumber();
            writer = files.open(number);
        }
        writer.write(chunk);
        chunks.add(chunk.index());
        rows += chunk.rowCount();
        bytes += chunk.data().remaining();
        if (bytes >= segmentBytes) {
            finish();
        }
    }

    /** Makes what was written durable and records it; nothing happens when nothing was written. */
    void finish() {
        if (writer == null) {
            return;
        }
        List<WrittenFile> written;
        try (TableWriter ending = writer) {
            writer = null;
            written = ending.finish();
        }
        files.record(number, chunks, written, rows);
        chunks = new TreeSet<>();
        rows = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }

    /** Where the segments of all lanes of an attempt go. Thread-safe. */
    interface SegmentFiles {
        int nextNumber();

        TableWriter open(int segment);

        /** Records files of a segment; {@code rows} are those of its chunks, which the files must hold. */
        void record(int segment, TreeSet<Long> chunks, List<WrittenFile> files, long rows);
    }

    /** Returns the segment of these parts. */
    static Segment segment(String statementId, int attempt, int number, TreeSet<Long> chunks, List<WrittenFile> files) {
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        return new Segment(statementId, attempt, number, chunks, files, rows);
    }
}
