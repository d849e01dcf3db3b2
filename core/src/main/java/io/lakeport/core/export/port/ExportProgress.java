package io.lakeport.core.export.port;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far an export is.
 *
 * @param phase what is being done
 * @param rows rows encoded so far, those of resumed segments included
 * @param totalRows rows of the whole window, empty while unknown
 * @param bytes Arrow bytes encoded so far by this process
 * @param segments segments that are durable and recorded
 * @param written bytes of the files in those segments
 */
public record ExportProgress(Phase phase, long rows, OptionalLong totalRows, long bytes, int segments, long written) {
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

    /** Returns a phase in which nothing has been encoded yet. */
    public static ExportProgress begin(Phase phase) {
        return new ExportProgress(phase, 0, OptionalLong.empty(), 0, 0, 0);
    }
}
