package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.Column;
import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Chooses which rows the next run of a request reads. All that it asks of the source, and the rows later, is read from
 * one version of it.
 */
public final class SourcePlanner {
    private final ExportPorts ports;
    private final ExportRequest request;
    private final SmallResult results;
    private final ChangeFeed feed;

    /** Creates the planner of one request. */
    public SourcePlanner(ExportPorts ports, ExportRequest request) {
        this.ports = ports;
        this.request = request;
        this.results = new SmallResult(ports);
        this.feed = new ChangeFeed(ports, request);
    }

    /**
     * Returns the plan of the run after these, oldest first; empty when the source holds nothing beyond them.
     *
     * @throws LakeportException INVALID_REQUEST for a column that is not there or cannot be used as it is asked, a
     *     watermark that cannot bound windows, columns that changed, or a change data feed that is off or too old
     */
    public Optional<ExportPlan> next(List<ExportManifest> history, Deadline deadline) {
        // Before the version, so that a row stamped before this moment is in it if it was committed in time.
        Instant clock = request.increment().isPresent() ? clock(deadline) : Instant.EPOCH;
        OptionalLong version = new Snapshots(ports).newest(request.source(), deadline);
        String relation = Snapshots.relation(request.source(), version);
        List<Column> all = results.schema("SELECT * FROM " + relation + " LIMIT 0", deadline)
                .columns();
        SourceColumns columns = new SourceColumns(request, all);
        columns.check();
        ExportPlan whole = new ExportPlan(version, Optional.empty(), Optional.empty(), Optional.empty(), all, Set.of());
        if (request.increment().isEmpty()) {
            return Optional.of(whole);
        }
        List<ExportManifest> continued = request.mode() == ExportMode.OVERWRITE ? List.of() : history;
        new SchemaRules(request).check(continued, columns.exported());
        Optional<ExportManifest> newest =
                continued.isEmpty() ? Optional.empty() : Optional.of(continued.get(continued.size() - 1));
        Optional<ExportPlan> plan = isByFeed(newest, version, deadline)
                ? byFeed(newest, whole, deadline)
                : byWindow(newest, whole, columns, clock, deadline);
        return plan.map(known -> new TouchedPartitions(ports, request).replacedBy(known, deadline));
    }

    private Instant clock(Deadline deadline) {
        return results.single(
                        "SELECT current_timestamp()",
                        deadline,
                        cursor -> Objects.requireNonNull(cursor.getTimestamp(0), "current_timestamp()"))
                .orElseThrow();
    }

    /** A target goes on as it began, which its manifests tell. */
    private boolean isByFeed(Optional<ExportManifest> newest, OptionalLong version, Deadline deadline) {
        if (newest.isEmpty()) {
            return feed.isUsed(version, deadline);
        }
        ExportManifest run = newest.get();
        if (run.window().isPresent()) {
            return false;
        }
        if (run.origin().feed().isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "'" + request.target() + "' holds run " + run.sequence() + ", a full export, which tells no point"
                            + " to go on from; begin an incremental one with mode OVERWRITE, or give another target");
        }
        if (!feed.isUsed(version, deadline)) {
            throw new LakeportException(
                    CoreError.CHANGE_FEED_MISSING,
                    "'" + request.target() + "' was begun by the change data feed of " + request.source()
                            + ", which is not in use any more; turn it on again, or begin again with mode OVERWRITE");
        }
        return true;
    }

    private Optional<ExportPlan> byFeed(Optional<ExportManifest> newest, ExportPlan whole, Deadline deadline) {
        long version = whole.snapshotVersion().orElseThrow();
        Optional<FeedRange> reached = newest.flatMap(run -> run.origin().feed());
        if (reached.isEmpty()) {
            return Optional.of(whole.along(FeedRange.upTo(version)));
        }
        long last = reached.get().last();
        if (version < last) {
            throw new LakeportException(
                    CoreError.CHANGE_FEED_MISSING,
                    request.source() + " is at version " + version + " and '" + request.target() + "' at version "
                            + last + ": the table was made anew; begin again with mode OVERWRITE");
        }
        if (version == last) {
            return Optional.empty();
        }
        FeedRange range = new FeedRange(last + 1, version);
        feed.requireReadable(range, deadline);
        return Optional.of(whole.along(range));
    }

    private Optional<ExportPlan> byWindow(
            Optional<ExportManifest> newest,
            ExportPlan whole,
            SourceColumns columns,
            Instant clock,
            Deadline deadline) {
        LookBack lookBack = new LookBack(request);
        lookBack.check(whole.snapshotVersion(), columns);
        String relation = Snapshots.relation(request.source(), whole.snapshotVersion());
        return new WindowPlanner(ports, request)
                .next(columns, newest.flatMap(ExportManifest::window), relation, clock, deadline)
                .map(window -> whole.within(window, newest.flatMap(run -> lookBack.taken(run, columns))));
    }
}
