package io.lakeport.core.export.port;

import java.util.Objects;
import java.util.Optional;
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
 * @param note what a person should know at this point, a sentence; usually empty
 */
public record ExportProgress(
        Phase phase, long rows, OptionalLong totalRows, long bytes, int segments, long written, Optional<String> note) {
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
        Objects.requireNonNull(note, "note");
    }

    /** Creates one without a note. */
    public ExportProgress(Phase phase, long rows, OptionalLong totalRows, long bytes, int segments, long written) {
        this(phase, rows, totalRows, bytes, segments, written, Optional.empty());
    }

    /** Returns a phase that begins anew, and why. */
    public static ExportProgress noted(Phase phase, String note) {
        return new ExportProgress(phase, 0, OptionalLong.empty(), 0, 0, 0, Optional.of(note));
    }

    /** Returns a phase in which nothing has been encoded yet. */
    public static ExportProgress begin(Phase phase) {
        return new ExportProgress(phase, 0, OptionalLong.empty(), 0, 0, 0);
    }
}
