package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables as they were. */
public final class PastTables {
    private final VersionLog.Rows rows;

    /** {@code rows} runs a DuckDB query of the session and returns its rows as text. */
    public PastTables(Function<String, List<List<@Nullable String>>> rows) {
        this.rows = rows::apply;
    }

    /** Returns the table as a moment had it. */
    public Table at(TableInfo table, Moment moment) {
        Timeline timeline = timeline(table);
        Commit commit = timeline.at(moment);
        if (commit == null) {
            return table(table, DuckNames.qualified(table.fullName()));
        }
        TableInfo then = definition(table, timeline.id(), commit);
        return table(then, "(" + rows(then, timeline, commit) + ")");
    }

    /** Returns the definition that a table had at a version, and the query of its rows as DuckDB holds them then. */
    public Past past(TableInfo table, long version) {
        Timeline timeline = timeline(table);
        Commit commit = timeline.at(Moment.version(version));
        if (commit == null) {
            String columns = table.columns().stream()
                    .map(c -> Identifiers.duck(c.name()))
                    .collect(Collectors.joining(", "));
            return new Past(table, "SELECT " + columns + " FROM " + DuckNames.qualified(table.fullName()), 0, 0);
        }
        TableInfo then = definition(table, timeline.id(), commit);
        return new Past(then, rows(then, timeline, commit), commit.generation(), commit.definitionVersion());
    }

    /** A table as a version had it: its definition, a query for its rows, and what physical form held them. */
    public record Past(TableInfo definition, String rows, long generation, long definitionVersion) {}

    /** Returns the version that a moment means. */
    public long version(TableInfo table, Moment moment) {
        Commit commit = timeline(table).at(moment);
        return commit == null ? 0 : commit.version();
    }

    /** Returns the version that is current. */
    public long latest(TableInfo table) {
        Timeline timeline = timeline(table);
        return timeline.commits().isEmpty() ? 0 : timeline.last().version();
    }

    Timeline timeline(TableInfo table) {
        return Timeline.of(table, rows);
    }

    TableInfo definition(TableInfo table, String id, Commit commit) {
        return Definitions.parse(
                table.fullName(), VersionLog.definition(table.catalog(), id, commit.definitionVersion(), rows));
    }

    private String rows(TableInfo then, Timeline timeline, Commit commit) {
        List<String> name = then.fullName();
        String columns =
                then.columns().stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
        String written = Identifiers.duck(HiddenNames.VERSION) + " <= " + commit.version();
        String sql = "SELECT " + columns + " FROM " + timeline.current(name, commit.generation()) + " WHERE " + written;
        String removed = HiddenNames.removed(timeline.id(), commit.generation());
        if (VersionLog.exists(name, removed, rows)) {
            sql += " UNION ALL SELECT " + columns + " FROM " + DuckNames.beside(name, removed) + " WHERE " + written
                    + " AND " + Identifiers.duck(HiddenNames.REMOVED) + " > " + commit.version();
        }
        return sql;
    }

    private static Table table(TableInfo then, String sql) {
        List<Table.TableColumn> columns = then.columns().stream()
                .map(c -> new Table.TableColumn(c.name(), c.type(), c.duckType(), c.nullable()))
                .toList();
        return new Table(then.fullName(), sql, columns);
    }
}
