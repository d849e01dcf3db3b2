package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Moment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commits of a table, and which of them a moment means. A table without a log has the version 0 only. */
record Timeline(String id, List<Commit> commits, VersionLog.Rows rows) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    static Timeline of(TableInfo table, VersionLog.Rows rows) {
        if (table.view()) {
            throw SqlErrors.of(
                    "DELTA_UNSUPPORTED_TIME_TRAVEL_VIEWS",
                    "0AKDC",
                    "Cannot time travel views, subqueries, streams or change data feed queries.");
        }
        TableState.Head head = VersionLog.head(table.fullName(), rows);
        List<Commit> commits = head.version() < 0 ? List.of() : VersionLog.commits(table.catalog(), head.id(), rows);
        return new Timeline(head.id(), commits, rows);
    }

    /** Returns the commit that a moment means, {@code null} for the one version of a table without a log. */
    @Nullable
    Commit at(Moment moment) {
        Long version = moment.version();
        return version == null ? atTime(moment) : atVersion(version);
    }

    private @Nullable Commit atVersion(long version) {
        long latest = Math.max(0, commits.size() - 1);
        if (version < 0 || version > latest) {
            throw SqlErrors.of(
                    "DELTA_VERSION_NOT_FOUND",
                    "22003",
                    "Cannot time travel Delta table to version " + version + ". Available versions: [0, " + latest
                            + "].");
        }
        return commits.isEmpty() ? null : commits.get((int) version);
    }

    private @Nullable Commit atTime(Moment moment) {
        Instant at = instant(moment);
        if (commits.isEmpty()) {
            return null;
        }
        if (at.isBefore(commits.get(0).time())) {
            throw SqlErrors.of(
                    "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
                    "42816",
                    "The provided timestamp (" + text(at) + ") is before the earliest version available to this table ("
                            + text(commits.get(0).time()) + "). Please use a timestamp after "
                            + text(commits.get(0).time()) + ".");
        }
        if (at.isAfter(last().time())) {
            throw tooLate(at);
        }
        return before(at);
    }

    RuntimeException tooLate(Instant at) {
        return SqlErrors.of(
                "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
                "42816",
                "Timestamp " + text(at) + " is after the table's latest version ("
                        + text(last().time()) + "). Use a timestamp at or before "
                        + text(last().time()) + ".");
    }

    /** Returns the last commit at a time or before it. */
    Commit before(Instant at) {
        Commit found = commits.get(0);
        for (Commit c : commits) {
            found = c.time().isAfter(at) ? found : c;
        }
        return found;
    }

    Commit last() {
        return commits.get(commits.size() - 1);
    }

    /** Returns the value of a moment's time. */
    Instant instant(Moment moment) {
        String micros = rows.apply("SELECT epoch_us(CAST((" + moment.time() + ") AS TIMESTAMPTZ))")
                .get(0)
                .get(0);
        if (micros == null) {
            throw SqlErrors.of(
                    "DELTA_TIMESTAMP_INVALID",
                    "42816",
                    "The provided timestamp (" + moment.text() + ") cannot be converted to a valid timestamp.");
        }
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    /** Returns how a time is printed in messages. */
    static String text(Instant at) {
        return TIME.format(at);
    }

    /** Returns the table, quoted, of the rows that were current in a generation. */
    String current(List<String> name, long generation) {
        return generation == last().generation()
                ? DuckNames.qualified(name)
                : DuckNames.beside(name, HiddenNames.ended(id, generation));
    }
}
