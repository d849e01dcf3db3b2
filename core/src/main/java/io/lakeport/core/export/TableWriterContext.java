package io.lakeport.core.export;

import io.lakeport.core.query.ResultSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a writer needs.
 *
 * @param store where files go
 * @param prefix key prefix of every file, ending in a slash, or empty
 * @param fileStem beginning of every file name; unique to the run, so that two runs never write one key
 * @param schema columns of the chunks
 * @param partitionBy names of columns that become Hive directories ({@code name=value}) and leave the files
 * @param options of the format, for example {@code compression}; unknown ones are refused
 */
public record TableWriterContext(
        ObjectStore store,
        String prefix,
        String fileStem,
        ResultSchema schema,
        List<String> partitionBy,
        Map<String, String> options) {
    public TableWriterContext {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(fileStem, "fileStem");
        Objects.requireNonNull(schema, "schema");
        partitionBy = List.copyOf(partitionBy);
        options = Map.copyOf(options);
    }
}
