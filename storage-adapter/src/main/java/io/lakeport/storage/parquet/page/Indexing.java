package io.lakeport.storage.parquet.page;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the pages of a column chunk point into a dictionary. The first page is the sample; once a page would
 * be smaller without, the rest of the chunk goes without.
 */
final class Indexing {
    /** The first page pays for entries that later pages use as well: it is charged for half of them. */
    private static final int PAGES_TO_SHARE = 2;

    private final Values values;
    private final Bench bench;
    private final @Nullable Dictionary dictionary;
    private boolean pays = true;

    Indexing(Values values, Bench bench) {
        this.values = values;
        this.bench = bench;
        this.dictionary = values.newDictionary(bench.limits.dictionaryEntries());
    }

    /** Writes the values as indexes, if that pays. */
    boolean write(ByteOut page) {
        if (dictionary == null || !pays || values.count == 0) {
            return false;
        }
        int before = dictionary.size;
        long bytesBefore = dictionary.plainBytes();
        int[] indexes = bench.numbers(values.count);
        if (values.index(dictionary, indexes)) {
            int width = Math.max(1, HybridRuns.width(dictionary.size - 1));
            long added = dictionary.plainBytes() - bytesBefore;
            long cost = (before == 0 ? added / PAGES_TO_SHARE : added) + (long) values.count * width / Byte.SIZE;
            if (cost < values.plainBytes()) {
                page.putByte(width);
                HybridRuns.write(indexes, values.count, width, page);
                return true;
            }
        }
        dictionary.truncate(before);
        pays = false;
        return false;
    }

    /** Returns whether some page of the chunk has indexes. */
    boolean isUsed() {
        return entries() > 0;
    }

    int entries() {
        return dictionary == null ? 0 : dictionary.size;
    }

    void writeDictionary(ByteOut page) {
        if (dictionary != null) {
            dictionary.writePlain(page);
        }
    }

    void hashes(LongConsumer target) {
        if (dictionary != null) {
            dictionary.hashes(target);
        }
    }

    void clear() {
        if (dictionary != null) {
            dictionary.clear();
        }
        pays = true;
    }
}
