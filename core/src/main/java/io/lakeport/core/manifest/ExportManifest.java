package io.lakeport.core.manifest;

import io.lakeport.core.query.Column;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The record of one run. A reader that follows the manifests ({@link TargetState}) sees every row of every window once
 * and nothing half-written.
 *
 * @param sequence number of the run at this target, from 1 without gaps
 * @param runId unique to the run
 * @param origin where the rows came from
 * @param format file format
 * @param mode what the run does to what was there
 * @param keys columns that identify a row, for {@link ExportMode#MERGE} and for an {@link ExportMode#OVERWRITE} that
 *     merging runs continue; otherwise empty
 * @param columns columns of the files and their directories, in order
 * @param partitionBy names of the columns that are directories
 * @param replacedPartitions partitions that the run replaces, for {@link ExportMode#OVERWRITE_PARTITIONS}: also those in
 *     which no row is left, which have no file
 * @param files what was written, ordered by key
 * @param rows rows in all files together
 * @param publishedAt when the manifest was written, by the exporting host's clock
 * @param signature HMAC-SHA256 over the manifest without this field, in lower-case hexadecimal; empty when not signed
 */
public record ExportManifest(
        long sequence,
        String runId,
        ExportOrigin origin,
        String format,
        ExportMode mode,
        List<String> keys,
        List<Column> columns,
        List<String> partitionBy,
        Set<Map<String, String>> replacedPartitions,
        List<WrittenFile> files,
        long rows,
        Instant publishedAt,
        Optional<String> signature) {
    public ExportManifest {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(publishedAt, "publishedAt");
        Objects.requireNonNull(signature, "signature");
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        partitionBy = List.copyOf(partitionBy);
        replacedPartitions = ordered(replacedPartitions);
        files = List.copyOf(files);
        if (sequence < 1) {
            throw new IllegalArgumentException("manifest sequence " + sequence + " is below 1");
        }
        if (keys.isEmpty() ? mode == ExportMode.MERGE : mode != ExportMode.MERGE && mode != ExportMode.OVERWRITE) {
            throw new IllegalArgumentException("a manifest of mode " + mode + " has the keys " + keys);
        }
        long inFiles = files.stream().mapToLong(WrittenFile::rows).sum();
        if (inFiles != rows) {
            throw new IllegalArgumentException("manifest says " + rows + " rows, its files hold " + inFiles);
        }
    }

    /** One order for equal sets, so that equal manifests have equal bytes, which a signature needs. */
    private static Set<Map<String, String>> ordered(Set<Map<String, String>> partitions) {
        Set<Map<String, String>> ordered = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        partitions.forEach(
                partition -> ordered.add(java.util.Collections.unmodifiableMap(new LinkedHashMap<>(partition))));
        return java.util.Collections.unmodifiableSet(ordered);
    }

    /** Returns the size of all files together, in bytes. */
    public long bytes() {
        return files.stream().mapToLong(file -> file.object().bytes()).sum();
    }

    /** Returns quoted name of the exported table. */
    public String source() {
        return origin.source();
    }

    /** Returns the exported window, empty for a full export. */
    public Optional<ExportWindow> window() {
        return origin.window();
    }

    /** Returns this manifest with another signature, or none. */
    public ExportManifest withSignature(Optional<String> other) {
        return new ExportManifest(
                sequence,
                runId,
                origin,
                format,
                mode,
                keys,
                columns,
                partitionBy,
                replacedPartitions,
                files,
                rows,
                publishedAt,
                other);
    }
}
