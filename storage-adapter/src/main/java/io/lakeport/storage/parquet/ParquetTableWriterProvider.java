package io.lakeport.storage.parquet;

import io.lakeport.core.format.RowCounter;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import java.util.Optional;

/**
 * Writes Parquet, encoded column by column straight from Arrow. Options:
 *
 * <ul>
 *   <li>{@code compression}: {@code snappy} (unless told otherwise), {@code zstd} or {@code uncompressed}
 *   <li>{@code compression_level}: of zstd, 1 to 22; 3 unless told otherwise
 *   <li>{@code row_group_bytes}: bytes before compression after which a row group ends, 32 MiB unless told otherwise;
 *       it ends earlier when memory is short
 *   <li>{@code max_file_bytes}: bytes after which another file begins, 512 MiB unless told otherwise
 *   <li>{@code bloom_filter_columns}: columns with a bloom filter, separated by commas; what lies inside a column is
 *       named by its path in the file, for example {@code tags.list.element}
 *   <li>{@code field_ids}: {@code true} numbers the fields as Apache Iceberg numbers those of a new table
 * </ul>
 *
 * <p>What waits to be written is held in the budget of the context. Rows of a partitioned table wait for their partition
 * to be complete, beyond the budget in the scratch directory; without one, a partition whose rows lie
 * far apart may get several files.
 */
public final class ParquetTableWriterProvider implements TableWriterProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ParquetTableWriterProvider() {}

    @Override
    public String format() {
        return "parquet";
    }

    @Override
    public TableWriter open(TableWriterContext context) {
        return new ParquetTableWriter(
                context,
                ParquetOptions.of(context.options()),
                PartitionLayout.of(context.schema(), context.partitionBy()));
    }

    @Override
    public boolean sortsInScratch() {
        return true;
    }

    @Override
    public Optional<RowCounter> rowCounter() {
        return Optional.of(new FooterRows());
    }
}
