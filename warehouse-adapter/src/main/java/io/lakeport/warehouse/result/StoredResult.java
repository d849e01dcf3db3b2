package io.lakeport.warehouse.result;

import io.lakeport.core.query.StatementId;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;

/**
 * A result that lies on the server.
 *
 * @param id of its statement
 * @param manifest what the server says of it
 * @param sources chunks whose place is known already
 * @param directory tells the place of the others
 * @param wanted which chunks are to be read, by index
 */
public record StoredResult(
        StatementId id,
        ResultManifest manifest,
        List<ChunkSource> sources,
        ChunkDirectory directory,
        LongPredicate wanted) {
    /** Every chunk of a result. */
    public static final LongPredicate ALL = index -> true;

    public StoredResult {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(manifest, "manifest");
        sources = List.copyOf(sources);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(wanted, "wanted");
    }
}
