package io.lakeport.storage.parquet.page;

import io.lakeport.core.arrow.ArrowColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pages of one leaf, row group after row group. Values are gathered dense; when a page is full it is encoded,
 * compressed and kept until the row group is written. Not thread-safe.
 */
public final class LeafWriter implements LeafSink {
    private final ColumnDescriptor column;
    private final int top;
    private final Values values;
    private final Bench bench;
    private final Indexing indexing;
    private final List<Page> pages = new ArrayList<>();
    private final @Nullable BloomHashes hashes;

    private byte[] definitions = new byte[0];
    private byte[] repetitions = new byte[0];
    /** Whether some place of the page has no value; while none has, {@link #definitions} are not kept. */
    private boolean gaps;

    private int slots;
    private int rows;
    private long chunkSlots;
    private long encodedBytes;
    private long filterBytes;

    /**
     * Creates one.
     *
     * @param filtered whether readers get a bloom filter
     */
    LeafWriter(ColumnDescriptor column, Values values, Bench bench, boolean filtered) {
        this.hashes = filtered ? new BloomHashes() : null;
        this.column = column;
        this.top = column.getMaxDefinitionLevel();
        this.values = values;
        this.bench = bench;
        this.indexing = new Indexing(values, bench);
    }

    /** Returns how large the pages of the row group are before compression. */
    public long encodedBytes() {
        return encodedBytes + values.plainBytes();
    }

    /** Adds rows of a column that is not nested. */
    public void write(ArrowColumn source, int row, int count) throws IOException {
        int at = row;
        int left = count;
        while (left > 0) {
            int part = Math.min(left, bench.limits.slots() - slots);
            part = values.fitting(source, at, part, bench.limits.bytes());
            addFlat(source, at, part);
            endPageIfFull();
            at += part;
            left -= part;
        }
    }

    private void addFlat(ArrowColumn source, int row, int count) {
        room(count);
        if (source.nullCount() == 0) {
            fill(count);
            values.addRange(source, row, count);
        } else if (source.copyValidity(row, count, definitions, slots) == count) {
            fill(count);
            values.addRange(source, row, count);
        } else {
            openGaps();
            int[] present = bench.numbers(count);
            int found = 0;
            for (int i = 0; i < count; i++) {
                present[found] = row + i;
                found += definitions[slots + i];
            }
            values.addRows(source, present, 0, found);
        }
        slots += count;
        rows += count;
    }

    @Override
    public void accept(Slots places, ArrowColumn source) {
        int count = places.size;
        room(count);
        openGaps();
        System.arraycopy(places.definition, 0, definitions, slots, count);
        if (column.getMaxRepetitionLevel() > 0) {
            System.arraycopy(places.repetition, 0, repetitions, slots, count);
        }
        int[] present = bench.numbers(count);
        int found = 0;
        for (int i = 0; i < count; i++) {
            rows += places.repetition[i] == 0 ? 1 : 0;
            if (places.position[i] >= 0) {
                present[found++] = places.position[i];
            }
        }
        slots += count;
        if (found > 0 && present[found - 1] - present[0] == found - 1) {
            values.addRange(source, present[0], found);
        } else {
            values.addRows(source, present, 0, found);
        }
    }

    /** Adds the part of a fragment that is this leaf's, and returns the position after it. */
    int append(byte[] bytes, int start, int rowsOfFragment) throws IOException {
        boolean open = bytes[start] == LeafFragment.GAPS;
        int at = start + 1;
        int count = rowsOfFragment;
        if (column.getMaxRepetitionLevel() > 0) {
            count = (int) ByteOut.INT.get(bytes, at);
            room(count);
            System.arraycopy(bytes, at + Integer.BYTES, repetitions, slots, count);
            at += Integer.BYTES + count;
        }
        room(count);
        int present = count;
        if (open) {
            openGaps();
            present = (int) ByteOut.INT.get(bytes, at);
            System.arraycopy(bytes, at + Integer.BYTES, definitions, slots, count);
            at += Integer.BYTES + count;
        } else {
            fill(count);
        }
        slots += count;
        rows += rowsOfFragment;
        at = values.addPlain(bytes, at, present);
        endPageIfFull();
        return at;
    }

    /** Ends the page when it is large enough; a nested column calls this between rows. */
    public void endPageIfFull() throws IOException {
        if (slots >= bench.limits.slots() || values.plainBytes() >= bench.limits.bytes()) {
            endPage();
        }
    }

    private void room(int more) {
        if (slots + more > definitions.length) {
            int length = Math.max(slots + more, definitions.length * 2);
            definitions = Arrays.copyOf(definitions, length);
            if (column.getMaxRepetitionLevel() > 0) {
                repetitions = Arrays.copyOf(repetitions, length);
            }
        }
    }

    private void fill(int count) {
        if (gaps) {
            Arrays.fill(definitions, slots, slots + count, (byte) top);
        }
    }

    private void openGaps() {
        if (!gaps) {
            gaps = true;
            Arrays.fill(definitions, 0, slots, (byte) top);
        }
    }

    private void endPage() throws IOException {
        ByteOut page = bench.page;
        page.clear();
        if (column.getMaxRepetitionLevel() > 0) {
            levels(repetitions, column.getMaxRepetitionLevel(), page);
        }
        if (top > 0) {
            levels(gaps ? definitions : null, top, page);
        }
        Encoding encoding = indexing.write(page) ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
        if (encoding == Encoding.PLAIN) {
            values.writePlain(page);
            if (hashes != null) {
                values.hashes(hashes::add);
            }
        }
        Statistics<?> statistics = values.statistics(column.getPrimitiveType());
        if (!statistics.isEmpty() || values.count == 0) {
            statistics.incrementNumNulls(slots - values.count);
        }
        keep(page, encoding, statistics);
        values.clear();
        gaps = false;
        slots = 0;
        rows = 0;
    }

    private void keep(ByteOut page, Encoding encoding, Statistics<?> statistics) throws IOException {
        int length = bench.codec.compress(page);
        long offset = bench.arena.append(bench.codec.compressed(), length);
        pages.add(new Page(offset, length, page.size(), slots, rows, encoding, statistics));
        chunkSlots += slots;
        encodedBytes += page.size();
    }

    private void levels(byte @Nullable [] levels, int max, ByteOut page) {
        int start = page.size();
        page.putInt(0);
        int width = HybridRuns.width(max);
        if (levels == null) {
            HybridRuns.run(max, slots, width, page);
        } else {
            int[] numbers = bench.numbers(slots);
            for (int i = 0; i < slots; i++) {
                numbers[i] = levels[i] & 0xFF;
            }
            HybridRuns.write(numbers, slots, width, page);
        }
        page.setInt(start, page.size() - start - Integer.BYTES);
    }

    /** Writes the column chunk and begins the next. */
    public void writeTo(ParquetFileWriter file) throws IOException {
        if (slots > 0) {
            endPage();
        }
        file.startColumn(column, chunkSlots, bench.codec.name());
        if (indexing.isUsed()) {
            ByteOut page = bench.page;
            page.clear();
            indexing.writeDictionary(page);
            int length = bench.codec.compress(page);
            file.writeDictionaryPage(new DictionaryPage(
                    BytesInput.from(bench.codec.compressed(), 0, length),
                    page.size(),
                    indexing.entries(),
                    Encoding.PLAIN));
        }
        for (Page page : pages) {
            page.writeTo(file, bench.arena);
        }
        addFilter(file);
        file.endColumn();
        clear();
    }

    private void addFilter(ParquetFileWriter file) {
        if (hashes == null) {
            return;
        }
        indexing.hashes(hashes::add);
        if (!hashes.isEmpty()) {
            BlockSplitBloomFilter filter = hashes.filter();
            filterBytes += filter.getBitsetSize();
            file.addBloomFilter(String.join(".", column.getPath()), filter);
        }
    }

    /** Returns how many bytes the hashes for a bloom filter take. */
    long hashBytes() {
        return hashes == null ? 0 : hashes.bytes();
    }

    /** Returns how many bytes all bloom filters made so far have. */
    long filterBytes() {
        return filterBytes;
    }

    /** Forgets the row group. */
    public void clear() {
        pages.clear();
        indexing.clear();
        if (hashes != null) {
            hashes.clear();
        }
        values.clear();
        gaps = false;
        slots = 0;
        rows = 0;
        chunkSlots = 0;
        encodedBytes = 0;
    }

    private record Page(
            long offset,
            int length,
            int uncompressed,
            int slots,
            int rows,
            Encoding encoding,
            Statistics<?> statistics) {
        void writeTo(ParquetFileWriter file, PageArena arena) throws IOException {
            file.writeDataPage(
                    slots,
                    uncompressed,
                    arena.read(offset, length),
                    statistics,
                    rows,
                    Encoding.RLE,
                    Encoding.RLE,
                    encoding);
        }
    }
}
