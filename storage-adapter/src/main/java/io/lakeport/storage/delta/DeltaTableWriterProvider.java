package io.lakeport.storage.delta;

import io.lakeport.core.format.TablePublisher;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.parquet.ParquetTableWriterProvider;
import java.util.Optional;

/**
 * Writes a Delta table whose folder is the store's root. The data files are those of format {@code parquet}, with its
 * options; a run becomes visible to readers of Delta in one commit, when it is published.
 */
public final class DeltaTableWriterProvider implements TableWriterProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public DeltaTableWriterProvider() {}

    @Override
    public String format() {
        return "delta";
    }

    @Override
    public TableWriter open(TableWriterContext context) {
        DeltaSchema.of(context.schema().columns());
        return new DeltaTableWriter(new ParquetTableWriterProvider().open(context), context.schema());
    }

    @Override
    public boolean sortsInScratch() {
        return true;
    }

    @Override
    public Optional<TablePublisher> publisher(ObjectStore store) {
        return Optional.of(new DeltaPublisher(store));
    }
}
