package io.lakeport.core.export;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far an export is.
 *
 * @param phase what is being done
 * @param rows rows encoded so far
 * @param totalRows rows of the whole window, empty while unknown
 * @param bytes Arrow bytes encoded so far
 */
public record ExportProgress(Phase phase, long rows, OptionalLong totalRows, long bytes) {
    /** The steps of an export, in order. */
    public enum Phase {
        PLANNING,
        RUNNING_STATEMENT,
        WRITING,
        PUBLISHING,
        DONE
    }

    public ExportProgress {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(totalRows, "totalRows");
    }
}
