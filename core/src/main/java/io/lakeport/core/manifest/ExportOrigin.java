package io.lakeport.core.manifest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the rows of a run came from.
 *
 * @param source quoted name of the exported table
 * @param engine which way they took: {@code stream}, {@code unload} or {@code job}
 * @param statementIds statements whose results were written
 * @param snapshotVersion version of the table that was read, empty when the source has no versions (a view)
 * @param window exported window, empty for a full export
 * @param feed exported versions of the change data feed, empty without one
 */
public record ExportOrigin(
        String source,
        String engine,
        List<String> statementIds,
        OptionalLong snapshotVersion,
        Optional<ExportWindow> window,
        Optional<FeedRange> feed) {
    public ExportOrigin {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(snapshotVersion, "snapshotVersion");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(feed, "feed");
        statementIds = List.copyOf(statementIds);
    }
}
