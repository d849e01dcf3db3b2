package io.lakeport.core.export.journal;

import io.lakeport.core.manifest.WrittenFile;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Files that are durable, and the chunks of the result whose rows are in them: all rows of those chunks and no others.
 *
 * @param statementId statement whose chunks they are
 * @param attempt attempt that wrote them
 * @param number number of the segment within the attempt, from 1
 * @param chunks indexes of the chunks
 * @param files the files, ordered by key; none when the chunks held no rows
 * @param rows rows in them
 */
public record Segment(
        String statementId, int attempt, int number, SortedSet<Long> chunks, List<WrittenFile> files, long rows) {
    public Segment {
        Objects.requireNonNull(statementId, "statementId");
        chunks = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(chunks));
        files = List.copyOf(files);
        long inFiles = files.stream().mapToLong(WrittenFile::rows).sum();
        if (inFiles != rows) {
            throw new IllegalArgumentException("segment says " + rows + " rows, its files hold " + inFiles);
        }
    }

    /** Returns the size of its files, in bytes. */
    public long bytes() {
        return files.stream().mapToLong(file -> file.object().bytes()).sum();
    }
}
