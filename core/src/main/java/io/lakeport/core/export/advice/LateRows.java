package io.lakeport.core.export.advice;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.advice.CommitLog.Commit;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that commits wrote with a value that the column had passed already: what a watermark without look-back loses.
 *
 * @param commits how many commits were looked at, the newest that wrote rows
 * @param written rows that they wrote
 * @param behind how many of them lay behind the greatest value of the version before
 * @param latest how long before its commit the oldest of them was stamped; zero when none was behind or the column has no
 *     time
 */
record LateRows(int commits, long written, long behind, Duration latest) {
    /** Each commit costs a read of its changes, or of two versions where the table keeps no change feed. */
    private static final int LOOKED_AT = 5;

    static LateRows of(TableName table, Column column, List<Column> all, CommitLog log, boolean feed, Answers answers) {
        LateRows sum = new LateRows(0, 0, 0, Duration.ZERO);
        List<Commit> writing = log.commits().stream()
                .filter(Commit::writesRows)
                .limit(LOOKED_AT)
                .toList();
        for (Commit commit : writing) {
            try {
                sum = sum.and(of(table, column, all, commit, feed, answers));
            } catch (LakeportException e) {
                // The files of an old version may be gone; what newer commits showed stays true.
                if (e.category() != ErrorCategory.INVALID_REQUEST && e.category() != ErrorCategory.NOT_FOUND) {
                    throw e;
                }
                break;
            }
        }
        return sum;
    }

    private LateRows and(LateRows other) {
        return new LateRows(
                commits + other.commits,
                written + other.written,
                behind + other.behind,
                latest.compareTo(other.latest) >= 0 ? latest : other.latest);
    }

    private static LateRows of(
            TableName table, Column column, List<Column> all, Commit commit, boolean feed, Answers answers) {
        String name = Identifier.of(column.name()).quoted();
        String before = table.quoted() + " VERSION AS OF " + (commit.version() - 1);
        String late = name + " < (SELECT max(" + name + ") FROM " + before + ")";
        String sql = "SELECT count(*), sum(CASE WHEN " + late + " THEN 1 ELSE 0 END), min(CASE WHEN " + late + " THEN "
                + name + " END) FROM " + (feed ? changes(table, commit) : difference(table, all, before, commit));
        List<@Nullable Object> row = answers.rows(sql).get(0);
        Duration age = stamped(row.get(2), commit.time());
        return new LateRows(1, Answers.number(row.get(0)), Answers.number(row.get(1)), age);
    }

    private static String changes(TableName table, Commit commit) {
        String literal = table.quoted().replace("\\", "\\\\").replace("'", "\\'");
        return "table_changes('" + literal + "', " + commit.version() + ", " + commit.version()
                + ") WHERE `_change_type` IN ('insert', 'update_postimage')";
    }

    private static String difference(TableName table, List<Column> all, String before, Commit commit) {
        String columns = all.stream()
                .filter(column -> isComparable(column.type()))
                .map(column -> Identifier.of(column.name()).quoted())
                .collect(Collectors.joining(", "));
        return "(SELECT " + columns + " FROM " + table.quoted() + " VERSION AS OF " + commit.version()
                + " EXCEPT ALL SELECT " + columns + " FROM " + before + ") AS written";
    }

    private static boolean isComparable(SqlType type) {
        return !type.isNested() && type.kind() != SqlType.Kind.VARIANT && type.kind() != SqlType.Kind.OTHER;
    }

    /** A day is late only when it is over. */
    private static Duration stamped(@Nullable Object value, Instant committed) {
        Instant stamp = committed;
        if (value instanceof Instant instant) {
            stamp = instant;
        } else if (value instanceof LocalDateTime local) {
            stamp = local.toInstant(ZoneOffset.UTC);
        } else if (value instanceof LocalDate date) {
            stamp = date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return stamp.isBefore(committed) ? Duration.between(stamp, committed) : Duration.ZERO;
    }
}
