package io.lakeport.core.export.source;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the version of a table that a run pins ({@code DESCRIBE HISTORY}, SQL reference of Databricks), so that
 * whatever reads it again sees the same rows.
 */
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final SmallResult results;

    Snapshots(ExportPorts ports) {
        this.results = new SmallResult(ports);
    }

    /** Returns the newest version, empty when the source has none: a view, or a table of another format. */
    OptionalLong newest(TableName source, Deadline deadline) {
        try {
            Optional<Long> version = results.single(
                    "DESCRIBE HISTORY " + source.quoted() + " LIMIT 1", deadline, cursor -> cursor.getLong(0));
            return version.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        } catch (LakeportException e) {
            // NOT_FOUND is said of a table that is there and has another format (SQLSTATE 42P01) as well as of none.
            if (e.category() != ErrorCategory.INVALID_REQUEST
                    && e.category() != ErrorCategory.PERMISSION_DENIED
                    && e.category() != ErrorCategory.NOT_FOUND) {
                throw e;
            }
            LOG.info("{} has no versions to pin; a run of it that is begun again may read newer rows", source);
            return OptionalLong.empty();
        }
    }

    /** Returns what stands behind FROM: the table, at its version when it is pinned. */
    static String relation(TableName source, OptionalLong version) {
        return source.quoted() + (version.isPresent() ? " VERSION AS OF " + version.getAsLong() : "");
    }
}
