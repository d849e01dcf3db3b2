package io.lakeport.storage.partition;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import io.lakeport.storage.parquet.partition.PartitionPaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The files of one writer, at most one at a time for a partition. Rows wait in memory, of any number of partitions;
 * when it is full, the partition with the most is written out. At most {@link #MAX_OPEN} uploads are open. Not
 * thread-safe.
 */
public final class PartitionFiles implements AutoCloseable {
    static final int MAX_OPEN = 16;
    /** Large enough to compress well, small enough to hold for each upload. */
    private static final int BLOCK = 1 << 20;

    private static final long BASE = 4L * BLOCK;

    private final TableWriterContext context;
    private final FileSettings settings;
    private final String extension;
    private final PartitionPaths paths;
    private final HeldMemory memory;
    private final Map<Map<String, String>, PartitionFile> files = new LinkedHashMap<>();
    /** Ordered by last flush, so that the eldest is the one to finish. */
    private final Map<Map<String, String>, PartitionFile> open = new LinkedHashMap<>(MAX_OPEN, 0.75f, true);

    private final List<WrittenFile> finished = new ArrayList<>();
    private long bytes;
    private int nextNumber;

    /** Creates the files; waits for the memory that is needed to begin. */
    public PartitionFiles(TableWriterContext context, FileSettings settings, String extension) {
        this.context = context;
        this.settings = settings;
        this.extension = extension + settings.packing().suffix();
        this.paths = new PartitionPaths(context);
        this.memory = new HeldMemory(context.memory(), BASE);
    }

    /** Returns the file to which the next rows of a partition go; a fresh one gets a frame and begins with it. */
    public PartitionFile of(Map<String, String> partition, Supplier<FileFrame> frame) {
        PartitionFile file = files.get(partition);
        if (file == null) {
            if (!partition.isEmpty()) {
                paths.check(partition);
            }
            file = new PartitionFile(partition, frame.get());
            files.put(partition, file);
            file.frame().begin(file.waiting());
            bytes += file.waiting().capacity();
        }
        return file;
    }

    /**
     * Accounts for rows that were added and writes out what is large enough. The file may be finished afterwards.
     *
     * @param rows how many
     * @param before memory that the file held before the rows
     */
    public void added(PartitionFile file, long rows, int before) throws IOException {
        file.countRows(rows);
        bytes += file.waiting().capacity() - before;
        if (file.waiting().size() >= BLOCK) {
            flush(file);
            finishIfFull(file);
        }
        while (!memory.tryHold(bytes) && writeOutLargest()) {
            // Until the rest fits, or nothing is left.
        }
    }

    private void finishIfFull(PartitionFile file) throws IOException {
        if (file.position() >= settings.maxFileBytes()) {
            finish(file);
        }
    }

    /** Writes rows that need no change, past the memory; what was added before comes first. */
    public void writeThrough(PartitionFile file, long rows, List<ByteBuffer> parts) throws IOException {
        flush(file);
        for (ByteBuffer part : parts) {
            file.writeThrough(part);
        }
        file.countRows(rows);
        finishIfFull(file);
    }

    private boolean writeOutLargest() throws IOException {
        PartitionFile largest = null;
        for (PartitionFile file : files.values()) {
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

    private void release(PartitionFile file) {
        bytes -= file.waiting().capacity();
        file.waiting().free();
    }

    private void flush(PartitionFile file) throws IOException {
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

    private void finish(PartitionFile file) throws IOException {
        int before = file.waiting().capacity();
        file.frame().end(file.waiting());
        bytes += file.waiting().capacity() - before;
        if (file.waiting().size() > 0 || !file.isOpen()) {
            flush(file);
        }
        open.remove(file.partition());
        files.remove(file.partition());
        release(file);
        finished.add(file.commit());
    }

    /** Finishes every file and returns all, ordered by key. */
    public List<WrittenFile> finish() throws IOException {
        for (PartitionFile file : List.copyOf(files.values())) {
            if (files.containsKey(file.partition())) {
                finish(file);
            }
        }
        memory.close();
        return finished.stream()
                .sorted(Comparator.comparing(file -> file.object().key().value()))
                .toList();
    }

    /** Returns whether no file was begun. */
    public boolean isEmpty() {
        return finished.isEmpty() && files.isEmpty();
    }

    /** Returns the error for a file that could not be written. */
    public static LakeportException notWritable(IOException e) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE, "a file could not be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        files.values().forEach(PartitionFile::abort);
        files.clear();
        open.clear();
        memory.close();
    }
}
