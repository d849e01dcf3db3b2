package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One commit to a table while it is made, inside a DuckDB transaction and under the table's lock. Rows never change in
 * place: a row that is updated moves to the removed rows, and its successor is appended.
 */
public final class TableChange {
    private static final List<String> OWN = List.of(HiddenNames.VERSION, HiddenNames.UPDATED);

    private final CommandContext context;
    private final List<String> name;
    private final TableState.Head before;
    private final Instant time;
    private final Map<String, String> metrics = new TreeMap<>();
    private @Nullable Operation operation;
    private boolean redefined;
    private boolean replaced;
    private boolean removedExists;
    private long generation;
    private long files;

    TableChange(CommandContext context, List<String> name, TableState.Head before, Instant time) {
        this.context = context;
        this.name = name;
        this.before = before;
        this.time = time;
        this.generation = before.generation();
        this.files = before.files();
        this.removedExists = before.removedExists();
    }

    /** Returns the number that the commit will have. */
    public long version() {
        return before.version() + 1;
    }

    /** Returns how many files the table would have as Delta writes them: one for each commit that added rows. */
    public long files() {
        return files;
    }

    /** Says how many files the table has from this commit on. */
    public void files(long count) {
        files = count;
    }

    /** Says what the commit does. Without this there is no commit, as when DELETE finds no row. */
    public void log(Operation what) {
        operation = what;
    }

    /** Adds to the commit's operationMetrics. */
    public void metric(String metric, long value) {
        metrics.put(metric, String.valueOf(value));
    }

    /** Says that the table has another definition after the commit. */
    public void redefined() {
        redefined = true;
    }

    /** Returns the table's name in DuckDB, quoted. */
    public String table() {
        return DuckNames.qualified(name);
    }

    /**
     * Adds rows.
     *
     * @param columns names of the columns that the query gives, in its order; the others get their defaults
     * @param updated whether the rows take the place of removed ones
     * @return how many
     */
    public long append(List<String> columns, String query, boolean updated) {
        String list = Stream.concat(columns.stream(), OWN.stream())
                .map(Identifiers::duck)
                .collect(Collectors.joining(", "));
        return context.run("INSERT INTO " + table() + " (" + list + ") SELECT q.*, " + version() + ", " + updated
                + " FROM (" + query + ") AS q");
    }

    /**
     * Removes rows, which earlier versions still show.
     *
     * @param rowids a query for the rowids of the rows
     * @param superseded whether others take their places
     * @return how many
     */
    public long remove(String rowids, boolean superseded) {
        return move(" AS t WHERE t.rowid IN (" + rowids + ")", superseded);
    }

    /** Removes all rows; returns how many. */
    public long removeAll() {
        return move("", false);
    }

    private long move(String which, boolean superseded) {
        requireRemoved();
        String list = columns().map(Identifiers::duck).collect(Collectors.joining(", "));
        context.run("INSERT INTO " + removed() + " (" + list + ", " + Identifiers.duck(HiddenNames.REMOVED) + ", "
                + Identifiers.duck(HiddenNames.SUPERSEDED) + ") SELECT " + list + ", " + version() + ", " + superseded
                + " FROM " + table() + which);
        return context.run("DELETE FROM " + table() + which);
    }

    /** Removes the rows that commits after a version wrote; returns how many. */
    public long removeSince(long version) {
        return move(" AS t WHERE t." + Identifiers.duck(HiddenNames.VERSION) + " > " + version, false);
    }

    /** Returns how many files the table had at a version. */
    public long filesAt(long version) {
        return VersionLog.number(
                context.rows("SELECT files FROM " + DuckNames.log(name.get(0), "commits") + " WHERE table_id = "
                                + Identifiers.literal(before.id()) + " AND version = " + version)
                        .get(0),
                0);
    }

    /** Puts rows back that an earlier commit removed; returns how many. */
    public long putBack(long version) {
        if (!removedExists) {
            return 0;
        }
        String list =
                info().columns().stream().map(c -> Identifiers.duck(c.name())).collect(Collectors.joining(", "));
        String query = "SELECT " + list + " FROM " + removed() + " WHERE " + Identifiers.duck(HiddenNames.VERSION)
                + " <= " + version + " AND " + Identifiers.duck(HiddenNames.REMOVED) + " > " + version + " AND "
                + Identifiers.duck(HiddenNames.REMOVED) + " < " + version();
        return append(info().columns().stream().map(TableInfo.ColumnInfo::name).toList(), query, false);
    }

    private Stream<String> columns() {
        return Stream.concat(info().columns().stream().map(TableInfo.ColumnInfo::name), OWN.stream());
    }

    private String removed() {
        return DuckNames.beside(name, HiddenNames.removed(before.id(), generation));
    }

    private void requireRemoved() {
        if (!removedExists) {
            context.run("CREATE TABLE " + removed() + " AS SELECT *, 0::BIGINT AS "
                    + Identifiers.duck(HiddenNames.REMOVED) + ", false AS " + Identifiers.duck(HiddenNames.SUPERSEDED)
                    + " FROM " + table() + " LIMIT 0");
            removedExists = true;
        }
    }

    /** Returns the table as the commit has made it so far. */
    public TableInfo info() {
        return find().orElseThrow(() -> new IllegalStateException("The table vanished inside its own transaction."));
    }

    /** What is committed holds, under the table's lock, until this commit changes it; asking DuckDB costs more. */
    private Optional<TableInfo> find() {
        return redefined
                ? Metastore.read(name, context::rows)
                : context.metastore().find(name);
    }

    /** Adds a column, NULL in all rows. */
    public void addColumn(String column, SqlType type) {
        addColumn(new TableInfo.ColumnInfo(column, type, type.duck(), true, null, null, ColumnRule.NONE));
    }

    /** Adds a column, NULL in all rows. */
    public void addColumn(TableInfo.ColumnInfo column) {
        StorableTypes.require(List.of(column));
        String add = " ADD COLUMN " + Identifiers.duck(column.name()) + " "
                + column.type().duck();
        context.run("ALTER TABLE " + table() + add);
        TableForms.remark(table(), column, context::run);
        if (removedExists) {
            context.run("ALTER TABLE " + removed() + add);
        }
        redefined = true;
    }

    /** Changes what is said of the table and its columns, not what they hold. */
    public void describe(TableInfo definition) {
        TableForms.describe(table(), definition, context::run);
        redefined = true;
    }

    /**
     * Gives the table another form, filled with new rows, and keeps the one it had for earlier versions.
     *
     * @param definition the new form; its name counts for nothing
     * @param rows a query for its columns in order; {@code null} for no rows
     * @param anew whether there were rows that these take the place of
     * @return how many rows
     */
    public long become(TableInfo definition, @Nullable String rows, boolean anew) {
        StorableTypes.require(definition.columns());
        TableForms.create(next(), definition, context::run);
        long count = rows == null
                ? 0
                : context.run(
                        "INSERT INTO " + next() + " SELECT q.*, " + version() + ", false FROM (" + rows + ") AS q");
        succeed(anew);
        return count;
    }

    /**
     * Gives the table another form and keeps its rows: they stay of the versions that wrote them.
     *
     * @param values for each column of the new form in order, its value in terms of the old form's columns
     */
    public void reform(TableInfo definition, List<String> values) {
        TableForms.create(next(), definition, context::run);
        context.run("INSERT INTO " + next() + " SELECT " + String.join(", ", values) + ", "
                + Identifiers.duck(HiddenNames.VERSION) + ", " + Identifiers.duck(HiddenNames.UPDATED) + " FROM "
                + table());
        succeed(false);
    }

    /** Makes the table that stands under {@link #next} the current one. */
    private void succeed(boolean anew) {
        if (find().isPresent()) {
            context.run("ALTER TABLE " + table() + " RENAME TO "
                    + Identifiers.duck(HiddenNames.ended(before.id(), generation)));
            generation++;
        }
        context.run("ALTER TABLE " + DuckNames.beside(name, HiddenNames.next(before.id())) + " RENAME TO "
                + Identifiers.duck(name.get(2)));
        removedExists = false;
        replaced = anew;
        redefined = true;
    }

    /** Returns the name, quoted, under which the next form of the table is made. */
    private String next() {
        return DuckNames.beside(name, HiddenNames.next(before.id()));
    }

    /** Returns the table's id in the log. */
    public String id() {
        return before.id();
    }

    /** Writes the commit to the log and returns where the history stands then; nothing when nothing was done. */
    Optional<TableState.Head> write() {
        Operation what = operation;
        if (what == null) {
            return Optional.empty();
        }
        long definition = redefined ? version() : before.definitionVersion();
        String json = redefined ? Identifiers.literal(Definitions.json(info())) : "NULL";
        String read = before.version() < 0 ? "NULL" : String.valueOf(before.version());
        String isolation = what.name().startsWith("OPTIMIZE") ? "SnapshotIsolation" : "WriteSerializable";
        context.run("INSERT INTO " + DuckNames.log(name.get(0), "commits") + " VALUES ("
                + Identifiers.literal(before.id()) + ", " + version() + ", " + VersionLog.time(time) + ", "
                + Identifiers.literal(context.user()) + ", " + Identifiers.literal(what.name()) + ", "
                + VersionLog.map(what.parameters()) + ", " + VersionLog.map(metrics) + ", " + read + ", '" + isolation
                + "', " + what.blindAppend() + ", " + generation + ", " + definition + ", " + json + ", " + files
                + ", " + replaced + ")");
        return Optional.of(
                new TableState.Head(before.id(), version(), time, generation, definition, files, removedExists));
    }

    boolean isRedefined() {
        return redefined;
    }
}
