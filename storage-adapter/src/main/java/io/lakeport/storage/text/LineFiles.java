package io.lakeport.storage.text;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.parquet.PartitionLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files of one writer, at most one at a time for a partition. Lines wait in memory, of any number of partitions;
 * when it is full, the partition with the most is written out. At most {@link #MAX_OPEN} uploads are open. Not
 * thread-safe.
 */
final class LineFiles implements AutoCloseable {
    static final int MAX_OPEN = 16;
    /** Large enough to compress well, small enough to hold for each upload. */
    private static final int BLOCK = 1 << 20;

    private static final long BASE = 4L * BLOCK;

    private final TableWriterContext context;
    private final FileSettings settings;
    private final String extension;
    private final HeldMemory memory;
    private final Map<Map<String, String>, LineFile> files = new LinkedHashMap<>();
    /** Ordered by last flush, so that the eldest is the one to finish. */
    private final Map<Map<String, String>, LineFile> open = new LinkedHashMap<>(MAX_OPEN, 0.75f, true);

    private final List<WrittenFile> finished = new ArrayList<>();
    private long bytes;
    private int nextNumber;

    LineFiles(TableWriterContext context, FileSettings settings, String extension) {
        this.context = context;
        this.settings = settings;
        this.extension = extension + settings.packing().suffix();
        this.memory = new HeldMemory(context.memory(), BASE);
    }

    /** Returns the file to which the next row of a partition goes; a fresh one begins with the header. */
    LineFile of(Map<String, String> partition, LineFormat.Lines lines) {
        LineFile file = files.get(partition);
        if (file == null) {
            file = new LineFile(partition);
            files.put(partition, file);
            lines.header(file.waiting());
            bytes += file.waiting().capacity();
        }
        return file;
    }

    /**
     * Accounts for a row that was added and writes out what is large enough. The file may be finished afterwards.
     *
     * @param before memory that the file held before the row
     */
    void added(LineFile file, int before) throws IOException {
        file.countRow();
        bytes += file.waiting().capacity() - before;
        if (file.waiting().size() >= BLOCK) {
            flush(file);
            if (file.position() >= settings.maxFileBytes()) {
                finish(file);
            }
        }
        while (!memory.tryHold(bytes) && writeOutLargest()) {
            // Until the rest fits, or nothing is left.
        }
    }

    private boolean writeOutLargest() throws IOException {
        LineFile largest = null;
        for (LineFile file : files.values()) {
            if (largest == null || file.waiting().capacity() > largest.waiting().capacity()) {
                largest = file;
            }
        }
        if (largest == null || largest.waiting().capacity() == 0) {
            return false;
        }
        if (largest.waiting().size() > 0) {
            flush(largest);
        }
        release(largest);
        return true;
    }

    private void release(LineFile file) {
        bytes -= file.waiting().capacity();
        file.waiting().free();
    }

    private void flush(LineFile file) throws IOException {
        if (!file.isOpen()) {
            if (open.size() == MAX_OPEN) {
                finish(open.values().iterator().next());
            }
            String name = String.format(Locale.ROOT, "%s-%05d.%s", context.fileStem(), nextNumber++, extension);
            ObjectKey key = ObjectKey.of(context.prefix() + PartitionLayout.path(file.partition()) + name);
            file.open(context.store().create(key, CreateMode.FAIL_IF_EXISTS));
        }
        open.remove(file.partition());
        open.put(file.partition(), file);
        file.flush(settings.packing());
    }

    private void finish(LineFile file) throws IOException {
        if (file.waiting().size() > 0 || !file.isOpen()) {
            flush(file);
        }
        open.remove(file.partition());
        files.remove(file.partition());
        release(file);
        finished.add(file.commit());
    }

    /** Finishes every file and returns all, ordered by key. */
    List<WrittenFile> finish() throws IOException {
        for (LineFile file : List.copyOf(files.values())) {
            if (files.containsKey(file.partition())) {
                finish(file);
            }
        }
        memory.close();
        return finished.stream()
                .sorted(Comparator.comparing(file -> file.object().key().value()))
                .toList();
    }

    boolean isEmpty() {
        return finished.isEmpty() && files.isEmpty();
    }

    static LakeportException notWritable(IOException e) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE, "a file could not be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        files.values().forEach(LineFile::abort);
        files.clear();
        open.clear();
        memory.close();
    }
}
