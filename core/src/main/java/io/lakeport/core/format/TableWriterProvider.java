package io.lakeport.core.format;

import io.lakeport.core.store.ObjectStore;
import java.util.Optional;

/**
 * SPI: makes the writers of one file format. Found by {@link java.util.ServiceLoader} and chosen by {@link #format()};
 * thread-safe and stateless.
 */
public interface TableWriterProvider {
    /** Returns the format's name, for example {@code parquet}. */
    String format();

    /**
     * Makes a writer.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when a partition column does not exist or its
     *     type cannot name a directory; NOT_SUPPORTED when the format cannot hold a column's type
     */
    TableWriter open(TableWriterContext context);

    /**
     * Returns whether rows in any order make few files of each partition, when the context has a scratch directory. Where
     * they do not, an export asks for its rows partition by partition.
     */
    default boolean sortsInScratch() {
        return false;
    }

    /** Returns who tells readers of this format of a run; empty when they follow the manifest. */
    default Optional<TablePublisher> publisher(ObjectStore store) {
        return Optional.empty();
    }

    /** Returns a counter for one file of this format, empty when its rows cannot be told from its bytes. */
    default Optional<RowCounter> rowCounter() {
        return Optional.empty();
    }
}
