package io.lakeport.core.format;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.store.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a writer needs. Several writers of one export work beside each other, each with a file stem of its own.
 *
 * @param store where files go
 * @param prefix key prefix of every file, ending in a slash, or empty
 * @param fileStem beginning of every file name; unique to the writer, so that no two ever write one key
 * @param schema columns of the chunks
 * @param partitionBy names of columns that become Hive directories ({@code name=value}) and leave the files
 * @param options of the format, for example {@code compression}; unknown ones are refused
 * @param memory holds what the writer buffers; a writer that waits for it must be able to go on by writing out what it
 *     holds itself, because other writers may hold the rest for as long
 * @param scratch directory for rows that do not fit into memory before their file is complete; empty when business rows
 *     must not touch this machine's disk. What is written there is encrypted with a key that is never stored
 */
public record TableWriterContext(
        ObjectStore store,
        String prefix,
        String fileStem,
        ResultSchema schema,
        List<String> partitionBy,
        Map<String, String> options,
        MemoryBudget memory,
        Optional<Path> scratch) {
    private static final long DEFAULT_MEMORY = 256L << 20;

    public TableWriterContext {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(fileStem, "fileStem");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(scratch, "scratch");
        partitionBy = List.copyOf(partitionBy);
        options = Map.copyOf(options);
    }

    /** Returns the context of a writer without partitions and options, with 256 MiB of its own and no scratch. */
    public static TableWriterContext of(ObjectStore store, String fileStem, ResultSchema schema) {
        MemoryBudget memory = MemoryBudget.of("writer " + fileStem, DEFAULT_MEMORY);
        return new TableWriterContext(store, "", fileStem, schema, List.of(), Map.of(), memory, Optional.empty());
    }

    /** Returns this context with Hive partitions. */
    public TableWriterContext partitionedBy(List<String> columns) {
        return new TableWriterContext(store, prefix, fileStem, schema, columns, options, memory, scratch);
    }

    /** Returns this context with options of the format. */
    public TableWriterContext withOptions(Map<String, String> formatOptions) {
        return new TableWriterContext(store, prefix, fileStem, schema, partitionBy, formatOptions, memory, scratch);
    }

    /** Returns this context with another budget and a place for what does not fit into it. */
    public TableWriterContext within(MemoryBudget budget, Optional<Path> directory) {
        return new TableWriterContext(store, prefix, fileStem, schema, partitionBy, options, budget, directory);
    }
}
