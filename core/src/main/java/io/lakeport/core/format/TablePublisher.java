package io.lakeport.core.format;

import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;

/**
 * Port: tells readers of a table format (Delta) of a run. It is called after the run's manifest was published, and
 * again by the next run or a resume when the process ended in between: both must have the same effect as one call.
 */
public interface TablePublisher {
    /**
     * Refuses a mode that the format has no form for, before rows are read.
     *
     * @throws io.lakeport.core.error.LakeportException NOT_SUPPORTED, with what to do instead
     */
    default void checkMode(ExportMode mode) {}

    /**
     * Refuses a run that the table cannot take, before the run's manifest is published: what is published must be
     * announced. The table is not changed.
     *
     * @throws io.lakeport.core.error.LakeportException as {@link #publish} would
     */
    default void check(ExportManifest manifest) {}

    /**
     * Makes the files of a run visible to readers of the format, in one step, unless that was done before.
     *
     * @throws io.lakeport.core.error.LakeportException CONFLICT when the table was changed by someone else so that the
     *     run no longer fits
     */
    void publish(ExportManifest manifest);
}
