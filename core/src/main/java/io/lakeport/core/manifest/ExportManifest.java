package io.lakeport.core.manifest;

import io.lakeport.core.query.Column;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The record of one run. A reader that takes the files named in the manifests, and no others, sees every row of every
 * window once and nothing half-written.
 *
 * @param sequence number of the run at this target, from 1 without gaps
 * @param runId unique to the run
 * @param source quoted name of the exported table
 * @param format file format
 * @param statementId statement whose result was written
 * @param window exported window, empty for a full export
 * @param columns columns of the source at that time, in order
 * @param partitionBy columns that became directories
 * @param files what was written, ordered by key
 * @param rows rows in all files together
 * @param publishedAt when the manifest was written
 */
public record ExportManifest(
        long sequence,
        String runId,
        String source,
        String format,
        String statementId,
        Optional<ExportWindow> window,
        List<Column> columns,
        List<String> partitionBy,
        List<WrittenFile> files,
        long rows,
        Instant publishedAt) {
    public ExportManifest {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(statementId, "statementId");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(publishedAt, "publishedAt");
        columns = List.copyOf(columns);
        partitionBy = List.copyOf(partitionBy);
        files = List.copyOf(files);
        if (sequence < 1) {
            throw new IllegalArgumentException("manifest sequence " + sequence + " is below 1");
        }
        long inFiles = files.stream().mapToLong(WrittenFile::rows).sum();
        if (inFiles != rows) {
            throw new IllegalArgumentException("manifest says " + rows + " rows, its files hold " + inFiles);
        }
    }

    /** Returns the size of all files together, in bytes. */
    public long bytes() {
        return files.stream().mapToLong(file -> file.object().bytes()).sum();
    }
}
