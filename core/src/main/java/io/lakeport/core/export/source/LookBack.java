package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an appending export looks back without taking a row twice. Of the rows behind the end of the last window it takes
 * those that the version read last time did not hold: the difference of two versions, counted row by row, so that equal
 * rows stay as many as they are. Readers need no key for it.
 */
final class LookBack {
    private final ExportRequest request;

    LookBack(ExportRequest request) {
        this.request = request;
    }

    private boolean compares() {
        return request.mode() == ExportMode.APPEND
                && !request.increment().orElseThrow().lookBack().isZero();
    }

    /**
     * Fails when rows of the source cannot be told from those already taken.
     *
     * @throws LakeportException INVALID_REQUEST naming why, and what else to do
     */
    void check(OptionalLong version, SourceColumns columns) {
        if (!compares()) {
            return;
        }
        if (version.isEmpty()) {
            throw refused("it has no versions to compare");
        }
        for (Column column : columns.projected()) {
            if (!SourceColumns.isOrdered(column.type())) {
                throw refused("its column '" + column.name() + "' is " + column.type() + ", which cannot be compared");
            }
        }
    }

    /** Returns the rows that runs up to this one took. */
    Optional<ExportPlan.Taken> taken(ExportManifest run, SourceColumns columns) {
        if (!compares()) {
            return Optional.empty();
        }
        List<Column> known = run.columns();
        for (Column column : columns.projected()) {
            if (known.stream().noneMatch(old -> old.name().equalsIgnoreCase(column.name()))) {
                throw refused("its column '" + column.name() + "' was added since run " + run.sequence()
                        + ", so that rows cannot be compared; export once without look-back");
            }
        }
        long version = run.origin()
                .snapshotVersion()
                .orElseThrow(() -> refused(
                        "run " + run.sequence() + " pinned no version to compare with; export once without look-back"));
        return run.window().map(ExportWindow::high).map(high -> new ExportPlan.Taken(version, high));
    }

    private LakeportException refused(String why) {
        return new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "an appending export cannot look back over " + request.source() + ": " + why
                        + "; or merge by key, which tells rows that come again");
    }
}
