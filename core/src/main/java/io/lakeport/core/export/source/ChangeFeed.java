package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment.FeedUse;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** The change data feed of a source ({@code table_changes}, SQL reference of Databricks). */
final class ChangeFeed {
    private static final String PROPERTY = "delta.enableChangeDataFeed";

    private final SmallResult results;
    private final ExportRequest request;

    ChangeFeed(ExportPorts ports, ExportRequest request) {
        this.results = new SmallResult(ports);
        this.request = request;
    }

    /**
     * Returns whether the source's feed is to be used from its newest version on.
     *
     * @throws LakeportException INVALID_REQUEST when it is required, and the source has none
     */
    boolean isUsed(OptionalLong version, Deadline deadline) {
        FeedUse use = request.increment().orElseThrow().feed();
        if (use == FeedUse.NEVER) {
            return false;
        }
        boolean on = version.isPresent() && isOn(deadline);
        if (!on && use == FeedUse.REQUIRE) {
            throw new LakeportException(
                    CoreError.CHANGE_FEED_MISSING,
                    request.source() + " has no change data feed"
                            + (version.isPresent()
                                    ? "; turn it on with ALTER TABLE "
                                            + request.source().quoted()
                                            + " SET TBLPROPERTIES (" + PROPERTY
                                            + " = true), or name a watermark column"
                                    : ", because it is no Delta table; name a watermark column"));
        }
        return on;
    }

    private boolean isOn(Deadline deadline) {
        StatementRequest.Builder show = StatementRequest.of(
                        "SHOW TBLPROPERTIES " + request.source().quoted())
                .purpose(Purpose.EXPORT);
        List<String> properties = results.rows(
                show,
                deadline,
                cursor -> cursor.isNull(0) || cursor.isNull(1)
                        ? ""
                        : Objects.requireNonNull(cursor.getString(0)) + "=" + cursor.getString(1));
        return properties.stream().anyMatch((PROPERTY + "=true")::equalsIgnoreCase);
    }

    /**
     * Fails unless the changes of these versions can still be read.
     *
     * @throws LakeportException INVALID_REQUEST naming the versions and what to do
     */
    void requireReadable(FeedRange range, Deadline deadline) {
        try {
            // A count reads the footers of every file, which is what a file that VACUUM removed shows at.
            results.single("SELECT count(*) FROM " + relation(request.source(), range), deadline, c -> c.getLong(0));
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.INVALID_REQUEST && e.category() != ErrorCategory.NOT_FOUND) {
                throw e;
            }
            throw new LakeportException(
                    CoreError.CHANGE_FEED_MISSING,
                    "the change data feed of " + request.source() + " no longer tells the " + range
                            + " (it was off for a time, the versions are older than the table keeps them, or the"
                            + " columns changed between them): " + e.getMessage()
                            + "; begin again with mode OVERWRITE, which replaces what '" + request.target() + "' holds",
                    e);
        }
    }

    /** Returns what stands behind FROM. The name is a literal here, so that a quote in it needs escaping twice. */
    static String relation(TableName source, FeedRange range) {
        String literal = source.quoted().replace("\\", "\\\\").replace("'", "\\'");
        return "table_changes('" + literal + "', " + range.first() + ", " + range.last() + ")";
    }
}
