package io.lakeport.core.export.journal;

import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which rows one run reads. It is recorded before the run begins: a run that goes on elsewhere reads the same rows.
 *
 * @param snapshotVersion version of the table that is read, empty when the source has no versions
 * @param window rows by watermark, empty for all rows
 * @param feed versions of the change data feed, empty without one; never together with a window
 * @param columns columns of the source at that time, in order, before projection and derived partitions
 * @param replacedPartitions partitions that are read again as a whole, by directory values; empty unless an increment
 *     overwrites partitions
 */
public record ExportPlan(
        OptionalLong snapshotVersion,
        Optional<ExportWindow> window,
        Optional<FeedRange> feed,
        List<Column> columns,
        Set<Map<String, String>> replacedPartitions) {
    public ExportPlan {
        Objects.requireNonNull(snapshotVersion, "snapshotVersion");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(feed, "feed");
        columns = List.copyOf(columns);
        replacedPartitions = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(replacedPartitions));
    }
}
