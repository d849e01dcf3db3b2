package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What commits changed, row by row: {@code table_changes}. */
public final class ChangeFeed {
    private static final String ENABLED = "delta.enableChangeDataFeed";
    private static final String V = Identifiers.duck(HiddenNames.VERSION);
    private static final String R = Identifiers.duck(HiddenNames.REMOVED);

    private final VersionLog.Rows rows;
    private final PastTables past;

    /** {@code rows} runs a DuckDB query of the session and returns its rows as text. */
    public ChangeFeed(Function<String, List<List<@Nullable String>>> rows) {
        this.rows = rows::apply;
        this.past = new PastTables(rows);
    }

    /** Returns the changes from one moment to another, both included, or to the last version. */
    public Table between(TableInfo table, Moment from, Optional<Moment> to) {
        Timeline timeline = past.timeline(table);
        if (timeline.commits().isEmpty()) {
            throw missing(0, 0, 0);
        }
        long latest = timeline.last().version();
        long start = start(timeline, from);
        long end = Math.min(latest, to.map(m -> end(timeline, m)).orElse(latest));
        if (end < start) {
            throw SqlErrors.of(
                    "DELTA_INVALID_CDC_RANGE",
                    "22003",
                    "CDC range from start " + start + " to end " + end + " was invalid. End cannot be before start.");
        }
        requireRecorded(table, timeline, start, end);
        TableInfo shape =
                past.definition(table, timeline.id(), timeline.commits().get((int) end));
        List<String> parts = new ArrayList<>();
        long at = start;
        while (at <= end) {
            long until = until(timeline, at, end);
            parts.addAll(part(shape, timeline, at, until));
            at = until + 1;
        }
        return feed(shape, timeline.id(), parts);
    }

    private static long start(Timeline timeline, Moment from) {
        Long version = from.version();
        long latest = timeline.last().version();
        if (version == null) {
            Instant at = timeline.instant(from);
            if (at.isAfter(timeline.last().time())) {
                throw timeline.tooLate(at);
            }
            Commit before = timeline.before(at);
            boolean exact = !before.time().isBefore(at);
            return exact ? before.version() : before.version() + 1;
        }
        if (version > latest) {
            throw SqlErrors.of(
                    "DELTA_CDC_START_VERSION_AFTER_LATEST",
                    "22003",
                    "Start version " + version + " for change data feed exceeds the latest table version " + latest
                            + ".");
        }
        return Math.max(0, version);
    }

    private static long end(Timeline timeline, Moment to) {
        Long version = to.version();
        if (version != null) {
            return version;
        }
        Instant at = timeline.instant(to);
        if (at.isAfter(timeline.last().time())) {
            throw timeline.tooLate(at);
        }
        return at.isBefore(timeline.commits().get(0).time())
                ? -1
                : timeline.before(at).version();
    }

    /** Returns the last version, at most {@code end}, whose rows the same physical form holds. */
    private static long until(Timeline timeline, long from, long end) {
        long until = from;
        long generation = timeline.commits().get((int) from).generation();
        while (until < end && timeline.commits().get((int) until + 1).generation() == generation) {
            until++;
        }
        return until;
    }

    private void requireRecorded(TableInfo table, Timeline timeline, long start, long end) {
        long known = -1;
        for (long v = start; v <= end; v++) {
            Commit commit = timeline.commits().get((int) v);
            if (commit.definitionVersion() != known) {
                known = commit.definitionVersion();
                TableInfo then = past.definition(table, timeline.id(), commit);
                if (!"true".equalsIgnoreCase(then.facts().properties().get(ENABLED))) {
                    throw missing(start, end, v);
                }
            }
        }
    }

    private static RuntimeException missing(long start, long end, long version) {
        return SqlErrors.of(
                "DELTA_MISSING_CHANGE_DATA",
                "KD002",
                "Error getting change data for range [" + start + " , " + end + "] as change data was not\nrecorded for"
                        + " version [" + version + "]. If you've enabled change data feed on this table,\nuse `DESCRIBE"
                        + " HISTORY` to see when it was first enabled.\nOtherwise, to start recording change data, use"
                        + " `ALTER TABLE table_name SET TBLPROPERTIES\n(" + ENABLED + "=true)`.");
    }

    private List<String> part(TableInfo shape, Timeline timeline, long from, long until) {
        Commit last = timeline.commits().get((int) until);
        TableInfo then = past.definition(shape, timeline.id(), last);
        requireShape(shape, then, from, until, timeline.last().version());
        List<String> name = shape.fullName();
        String removed = HiddenNames.removed(timeline.id(), last.generation());
        List<String> parts = new ArrayList<>();
        parts.add(written(shape, timeline.current(name, last.generation()), from, until));
        if (VersionLog.exists(name, removed, rows)) {
            String table = DuckNames.beside(name, removed);
            parts.add(written(shape, table, from, until));
            String type = "CASE WHEN " + Identifiers.duck(HiddenNames.SUPERSEDED)
                    + " THEN 'update_preimage' ELSE 'delete' END";
            parts.add(select(shape, type, R, table) + " WHERE " + R + " BETWEEN " + from + " AND " + until);
        }
        Commit first = timeline.commits().get((int) from);
        if (first.replaced() && first.version() > 0) {
            long ended = timeline.commits().get((int) from - 1).generation();
            TableInfo old =
                    past.definition(shape, timeline.id(), timeline.commits().get((int) from - 1));
            requireShape(shape, old, from, until, from);
            parts.add(select(shape, "'delete'", String.valueOf(from), timeline.current(name, ended)));
        }
        return parts;
    }

    private static String written(TableInfo shape, String table, long from, long until) {
        String type =
                "CASE WHEN " + Identifiers.duck(HiddenNames.UPDATED) + " THEN 'update_postimage' ELSE 'insert' END";
        return select(shape, type, V, table) + " WHERE " + V + " BETWEEN " + from + " AND " + until;
    }

    private static String select(TableInfo shape, String type, String version, String table) {
        return shape.columns().stream()
                .map(c -> Identifiers.duck(c.name()))
                .collect(Collectors.joining(
                        ", ",
                        "SELECT ",
                        ", " + type + " AS \"_change_type\", CAST(" + version
                                + " AS BIGINT) AS \"_commit_version\" FROM " + table));
    }

    /** Fails unless the rows of another time have the columns that are to be read. */
    private static void requireShape(TableInfo shape, TableInfo then, long start, long end, long at) {
        boolean fits = shape.columns().stream()
                .allMatch(c -> then.columns().stream()
                        .anyMatch(o ->
                                o.name().equalsIgnoreCase(c.name()) && o.type().equals(c.type())));
        boolean known = then.columns().stream()
                .allMatch(o -> shape.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(o.name())));
        if (!fits || !known) {
            throw SqlErrors.of(
                    "DELTA_CHANGE_DATA_FEED_INCOMPATIBLE_SCHEMA_CHANGE",
                    "0AKDC",
                    "Retrieving table changes between version " + start + " and " + end
                            + " failed because of an incompatible schema change.\nYour read schema is "
                            + fields(shape) + " at version " + end
                            + ", but we found an incompatible schema change at version " + at
                            + ".\nIf possible, please query table changes separately from version " + start + " to "
                            + at + " - 1, and from version " + at + " to " + end + ".");
        }
    }

    private static String fields(TableInfo shape) {
        return shape.columns().stream()
                .map(c -> c.name() + " " + c.type().text())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Table feed(TableInfo shape, String id, List<String> parts) {
        String sql = "(SELECT f.*, c.committed_at AS \"_commit_timestamp\" FROM (" + String.join(" UNION ALL ", parts)
                + ") AS f JOIN " + DuckNames.log(shape.catalog(), "commits") + " AS c ON c.table_id = "
                + Identifiers.literal(id) + " AND c.version = f.\"_commit_version\")";
        List<Table.TableColumn> columns = new ArrayList<>();
        shape.columns().forEach(c -> columns.add(new Table.TableColumn(c.name(), c.type(), c.duckType(), true)));
        columns.add(new Table.TableColumn("_change_type", SqlType.STRING, "VARCHAR", true));
        columns.add(new Table.TableColumn("_commit_version", SqlType.LONG, "BIGINT", true));
        columns.add(new Table.TableColumn("_commit_timestamp", SqlType.TIMESTAMP, SqlType.TIMESTAMP.duck(), true));
        return new Table(shape.fullName(), sql, columns);
    }
}
