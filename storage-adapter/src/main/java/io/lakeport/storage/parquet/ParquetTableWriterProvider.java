package io.lakeport.storage.parquet;

import io.lakeport.core.format.RowCounter;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.storage.parquet.partition.PartitionLayout;
import java.util.Optional;

/**
 * Writes Parquet. Options: {@code compression} ({@code snappy}, {@code zstd}, {@code uncompressed}),
 * {@code row_group_bytes} and {@code max_file_bytes}.
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
    public Optional<RowCounter> rowCounter() {
        return Optional.of(new FooterRows());
    }
}
