package io.lakeport.app.cache;

import io.lakeport.app.scope.QuerySources;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks a warehouse for the versions of all that a statement reads, through its views down to the tables. Two small
 * statements for each name: {@code DESCRIBE TABLE EXTENDED} and {@code DESCRIBE HISTORY … LIMIT 1} (Databricks SQL
 * reference). A version alone would not do: a table that was dropped and made again counts from 0 again.
 */
final class SourceVersions {
    private static final int MOST_NAMES = 32;
    /** What says nothing of the table: who asked gave up or cannot ask at all. */
    private static final Set<ErrorCategory> NO_ANSWER =
            EnumSet.of(ErrorCategory.CANCELLED, ErrorCategory.DEADLINE_EXCEEDED, ErrorCategory.UNAUTHENTICATED);

    private final Warehouse warehouse;
    private final Function<ResultStream, RowCursor> rows;
    private final Deadline deadline;
    private final Map<String, String> pins = new LinkedHashMap<>();

    private SourceVersions(Warehouse warehouse, Function<ResultStream, RowCursor> rows, Deadline deadline) {
        this.warehouse = warehouse;
        this.rows = rows;
        this.deadline = deadline;
    }

    /**
     * Returns what the tables of a statement are now.
     *
     * @throws NotPinnedException when that cannot be told of one of them
     */
    static SourcePins read(
            Warehouse warehouse, Function<ResultStream, RowCursor> rows, StatementRequest of, QuerySources sources)
            throws NotPinnedException {
        SourceVersions versions = new SourceVersions(warehouse, rows, of.deadline());
        versions.pinAll(sources, of.catalog(), of.schema());
        return new SourcePins(versions.pins);
    }

    private void pinAll(QuerySources sources, Optional<String> catalog, Optional<String> schema)
            throws NotPinnedException {
        for (TableName table : sources.tables()) {
            pin(table, catalog, schema);
        }
    }

    private void pin(TableName name, Optional<String> catalog, Optional<String> schema) throws NotPinnedException {
        String resolved = catalog.orElse("") + "/" + schema.orElse("") + "/" + name.quoted();
        if (pins.containsKey(resolved)) {
            return;
        }
        if (pins.size() == MOST_NAMES) {
            throw new NotPinnedException("it reads more than " + MOST_NAMES + " tables and views");
        }
        Described described = ask("DESCRIBE TABLE EXTENDED " + name.quoted(), name, catalog, schema, Described::read);
        if (described.governed()) {
            throw new NotPinnedException(name + " has a row filter or column masks, which may follow other tables");
        }
        pins.put(resolved, described.digest());
        if (described.isView()) {
            throughView(name, described);
        } else if (described.isVersioned()) {
            pins.put(resolved, described.digest() + "@" + version(name, catalog, schema));
        } else {
            throw new NotPinnedException(name + " is neither a view nor a Delta table");
        }
    }

    private void throughView(TableName view, Described described) throws NotPinnedException {
        String text = described
                .detail("view text")
                .orElseThrow(() -> new NotPinnedException("the text of view " + view + " is not shown"));
        QuerySources sources = QuerySources.of(text);
        if (sources.obstacle().isPresent()) {
            throw new NotPinnedException(
                    "view " + view + " " + sources.obstacle().get());
        }
        Optional<TableName> space =
                described.detail("view catalog and namespace").flatMap(SourceVersions::namespace);
        if (space.isEmpty()
                && sources.tables().stream().anyMatch(table -> table.catalog().isEmpty())) {
            throw new NotPinnedException("where view " + view + " looks its tables up is not shown");
        }
        pinAll(
                sources,
                space.flatMap(TableName::schema).map(name -> name.value()),
                space.map(name -> name.table().value()));
    }

    /** Reads {@code catalog.schema}, which is a name of two levels. */
    private static Optional<TableName> namespace(String text) {
        try {
            return Optional.of(TableName.parse(text))
                    .filter(name -> name.schema().isPresent());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String version(TableName table, Optional<String> catalog, Optional<String> schema)
            throws NotPinnedException {
        String sql = "DESCRIBE HISTORY " + table.quoted() + " LIMIT 1";
        String version = ask(sql, table, catalog, schema, SourceVersions::newest);
        if (version.isEmpty()) {
            throw new NotPinnedException(table + " tells no version");
        }
        return version;
    }

    private static String newest(RowCursor history) {
        return history.next() ? history.getLong(0) + " of " + history.getObject(1) : "";
    }

    private <T> T ask(
            String sql, TableName table, Optional<String> catalog, Optional<String> schema, Function<RowCursor, T> read)
            throws NotPinnedException {
        StatementRequest request = StatementRequest.of(sql)
                .catalog(catalog)
                .schema(schema)
                .purpose(Purpose.DIAGNOSTICS)
                .build(deadline);
        try (RowCursor cursor = rows.apply(warehouse.execute(request))) {
            return read.apply(cursor);
        } catch (LakeportException e) {
            if (NO_ANSWER.contains(e.category())) {
                throw e;
            }
            throw new NotPinnedException("the version of " + table + " cannot be read (" + e.code() + ")");
        }
    }

    /** Fails as the statement would when who asks may not, or no longer, run it; reads no rows. */
    static void requireAllowed(Warehouse warehouse, StatementRequest statement) {
        StatementRequest.Builder probe = StatementRequest.of("SELECT * FROM (\n" + statement.sql() + "\n) LIMIT 0")
                .catalog(statement.catalog())
                .schema(statement.schema())
                .purpose(Purpose.DIAGNOSTICS);
        List<SqlParameter> parameters = statement.parameters();
        parameters.forEach(probe::parameter);
        warehouse.execute(probe.build(statement.deadline())).close();
    }
}
