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
 * @param feed versions of the change data feed, empty without one; never together with a window; the table itself is
 *     read when the range is {@linkplain FeedRange#isWhole() whole}
 * @param taken rows of the window that an earlier run has appended already, empty without look-back
 * @param columns columns of the source at that time, in order, before projection and derived partitions
 * @param replacedPartitions partitions that are read again as a whole, by directory values; empty unless an increment
 *     overwrites partitions
 */
public record ExportPlan(
        OptionalLong snapshotVersion,
        Optional<ExportWindow> window,
        Optional<FeedRange> feed,
        Optional<Taken> taken,
        List<Column> columns,
        Set<Map<String, String>> replacedPartitions) {
    /**
     * Rows that earlier runs have appended: all that lay below a bound in the version they read.
     *
     * @param version version that the run before read; not negative
     * @param below end of that run's window, as a literal of the watermark's type
     */
    public record Taken(long version, String below) {
        public Taken {
            Objects.requireNonNull(below, "below");
            if (version < 0) {
                throw new IllegalArgumentException("version " + version + " is negative");
            }
        }
    }

    public ExportPlan {
        Objects.requireNonNull(snapshotVersion, "snapshotVersion");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(taken, "taken");
        columns = List.copyOf(columns);
        replacedPartitions = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(replacedPartitions));
    }

    /** Returns the plan of a window of the same version. */
    public ExportPlan within(ExportWindow rows, Optional<Taken> already) {
        return new ExportPlan(snapshotVersion, Optional.of(rows), Optional.empty(), already, columns, Set.of());
    }

    /** Returns the plan of changes up to the same version. */
    public ExportPlan along(FeedRange versions) {
        return new ExportPlan(
                snapshotVersion, Optional.empty(), Optional.of(versions), Optional.empty(), columns, Set.of());
    }

    /** Returns this plan with partitions that are read again as a whole. */
    public ExportPlan replacing(Set<Map<String, String>> partitions) {
        return new ExportPlan(snapshotVersion, window, feed, taken, columns, partitions);
    }
}
