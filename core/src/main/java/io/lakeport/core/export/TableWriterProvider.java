package io.lakeport.core.export;

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
}
