package io.lakeport.core.export.advice;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.sql.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a table's commits say ({@code DESCRIBE HISTORY} with its operation metrics, SQL reference of Databricks).
 *
 * @param commits newest first; empty for a view or a table of another format
 */
record CommitLog(List<Commit> commits) {
    /** How many commits are read. */
    private static final int MANY = 1000;

    /**
     * A commit.
     *
     * @param version its version
     * @param time when it was committed
     * @param operation for example {@code MERGE}
     * @param added rows it added
     * @param updated rows it updated
     * @param deleted rows it deleted
     */
    record Commit(long version, Instant time, String operation, long added, long updated, long deleted) {
        boolean writesRows() {
            return version > 0 && added + updated > 0;
        }
    }

    CommitLog {
        commits = List.copyOf(commits);
    }

    static CommitLog of(TableName table, Answers answers) {
        List<Commit> commits = new ArrayList<>();
        try {
            for (List<@Nullable Object> row : answers.rows("DESCRIBE HISTORY " + table.quoted() + " LIMIT " + MANY)) {
                commits.add(commit(row));
            }
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.INVALID_REQUEST && e.category() != ErrorCategory.PERMISSION_DENIED) {
                throw e;
            }
        }
        return new CommitLog(commits);
    }

    /** Columns 0, 1, 4 and 12 are version, timestamp, operation and operationMetrics. */
    private static Commit commit(List<@Nullable Object> row) {
        String operation = String.valueOf(row.get(4));
        Map<?, ?> metrics = row.get(12) instanceof Map<?, ?> map ? map : Map.of();
        long updated = metric(metrics, "numUpdatedRows") + metric(metrics, "numTargetRowsUpdated");
        long deleted = metric(metrics, "numDeletedRows") + metric(metrics, "numTargetRowsDeleted");
        long added = Math.max(metric(metrics, "numTargetRowsInserted"), isWrite(operation) ? written(metrics) : 0);
        return new Commit(
                Answers.number(row.get(0)),
                (Instant) Objects.requireNonNull(row.get(1)),
                operation,
                added,
                operation.equals("UPDATE") ? Math.max(1, updated) : updated,
                operation.equals("DELETE") || operation.equals("TRUNCATE") ? Math.max(1, deleted) : deleted);
    }

    private static boolean isWrite(String operation) {
        return operation.equals("WRITE") || operation.startsWith("COPY") || operation.startsWith("STREAMING");
    }

    private static long written(Map<?, ?> metrics) {
        return Math.max(1, metric(metrics, "numOutputRows"));
    }

    private static long metric(Map<?, ?> metrics, String name) {
        Object value = metrics.get(name);
        return value != null && value.toString().matches("\\d{1,18}") ? Long.parseLong(value.toString()) : 0;
    }

    boolean isKnown() {
        return !commits.isEmpty();
    }

    /** Whether every commit since the table was made is known. */
    boolean isWhole() {
        return isKnown() && commits.get(commits.size() - 1).version() == 0;
    }

    long updated() {
        return commits.stream().mapToLong(Commit::updated).sum();
    }

    long deleted() {
        return commits.stream().mapToLong(Commit::deleted).sum();
    }

    boolean turnedBack() {
        return commits.stream().anyMatch(commit -> commit.operation().equals("RESTORE"));
    }
}
