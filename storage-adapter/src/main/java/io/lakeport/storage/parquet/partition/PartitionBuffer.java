package io.lakeport.storage.parquet.partition;

import io.lakeport.storage.parquet.page.ByteOut;
import io.lakeport.storage.parquet.page.WriterMemory;
import io.lakeport.storage.parquet.partition.SpillFile.Pieces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds each partition's rows until they are a file. When memory is full: a partition that has most of it is written
 * out; otherwise all go to the scratch directory; without one, the largest is written out. Not thread-safe.
 */
final class PartitionBuffer implements AutoCloseable {
    /** All writers of an export share the budget; the rest is for the row groups being encoded. */
    private static final int PART = 4;

    private static final int LEAST_PART = 32;
    /** A partition with this part of all rows in memory goes straight to its file, as in a result sorted by it. */
    private static final int LARGE_PART = 4;

    /** Rows are moved in pieces of about so many bytes. */
    private static final int PIECE = 256 << 10;

    private static final int NONE = -1;
    private static final int BLOCKS = 16_384;
    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 16 << 10;

    /** Takes the rows of a partition. */
    interface Target {
        /** Takes fragments, one after another. */
        void accept(int partition, ByteOut fragments);
    }

    private final WriterMemory memory;
    private final long most;
    private final Optional<Path> scratch;
    private final Target target;
    private final RowStore store;
    private final List<Pieces> spilled = new ArrayList<>();
    private final ByteOut moving = new ByteOut();
    private @Nullable SpillFile spill;
    /** The partition whose file may be open. */
    private int open = NONE;

    PartitionBuffer(WriterMemory memory, Optional<Path> scratch, Target target) {
        this.memory = memory;
        this.scratch = scratch;
        this.target = target;
        this.most = memory.capacity() / PART;
        long block = Long.highestOneBit(Math.max(1, most / BLOCKS));
        this.store = new RowStore((int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, block)));
        memory.require(Math.max(RowStore.step(), memory.capacity() / LEAST_PART));
    }

    /** Adds rows of a partition. */
    void add(int partition, ByteOut fragment) {
        while (!store.fits(partition, fragment.size())) {
            long grown = store.capacity() + RowStore.step();
            if (grown <= memory.bytes() || grown <= most && memory.tryHold(grown)) {
                store.grow();
            } else if (store.bytes() > 0) {
                makeRoom();
            } else {
                // One fragment larger than all that is there.
                memory.require(grown);
                store.grow();
            }
        }
        store.append(partition, fragment);
    }

    private void makeRoom() {
        int largest = store.largest();
        if (scratch.isEmpty() || store.bytes(largest) >= store.bytes() / LARGE_PART) {
            writeOut(largest);
        } else {
            spillAll();
        }
    }

    private void spillAll() {
        SpillFile file = spill;
        if (file == null) {
            file = SpillFile.in(scratch.orElseThrow());
            spill = file;
        }
        for (int partition = 0; partition < store.partitions(); partition++) {
            if (store.bytes(partition) > 0) {
                while (spilled.size() <= partition) {
                    spilled.add(new Pieces());
                }
                spill(partition, file);
            }
        }
    }

    private void spill(int partition, SpillFile file) {
        while (store.bytes(partition) > 0) {
            moving.clear();
            store.drain(partition, moving, PIECE);
            file.write(moving, spilled.get(partition));
        }
    }

    /** The file of the partition before ends with the first row of another, so what is left of it goes first. */
    private void writeOut(int partition) {
        if (open != NONE && open != partition) {
            give(open);
        }
        open = partition;
        give(partition);
    }

    private void give(int partition) {
        if (spill != null && partition < spilled.size()) {
            Pieces pieces = spilled.get(partition);
            for (int piece = 0; piece < pieces.count(); piece++) {
                moving.clear();
                spill.read(pieces, piece, moving);
                target.accept(partition, moving);
            }
            spilled.set(partition, new Pieces());
        }
        while (store.bytes(partition) > 0) {
            moving.clear();
            store.drain(partition, moving, PIECE);
            target.accept(partition, moving);
        }
    }

    /** Writes out all partitions, one after another. */
    void finish() {
        if (spill != null) {
            // What is left goes there too, so that the row groups of the files get the memory.
            spillAll();
            store.shrink();
            memory.close();
        }
        if (open != NONE) {
            give(open);
        }
        for (int partition = 0; partition < Math.max(store.partitions(), spilled.size()); partition++) {
            give(partition);
        }
    }

    /** Deletes what was spilled; idempotent. */
    @Override
    public void close() {
        if (spill != null) {
            spill.close();
            spill = null;
        }
        memory.close();
    }
}
