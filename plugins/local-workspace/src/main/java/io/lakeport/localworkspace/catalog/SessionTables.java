package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.SessionVariables;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.sql.query.Routine;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.query.Tables;
import io.lakeport.localworkspace.sql.type.DuckTypes;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.version.ChangeFeed;
import io.lakeport.localworkspace.version.PastTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables as one session sees them: names that lack levels are completed with its current catalog and schema. */
public final class SessionTables implements Tables {
    private final SessionCatalog visible;
    private final String catalog;
    private final String schema;
    private final Function<String, List<List<String>>> describe;
    private final Function<String, List<List<@Nullable String>>> rows;
    private final TempViews views;
    private final SessionVariables variables;
    private final Function<String, Place> places;

    /**
     * Creates the tables of a session.
     *
     * @param describe runs a DuckDB DESCRIBE and returns name and type of each column
     * @param rows runs a query and returns its rows as text
     * @param places finds the place of a path that the session's user means to read
     */
    public SessionTables(
            SessionCatalog visible,
            String catalog,
            String schema,
            Function<String, List<List<String>>> describe,
            Function<String, List<List<@Nullable String>>> rows,
            TempViews views,
            SessionVariables variables,
            Function<String, Place> places) {
        this.places = places;
        this.visible = visible;
        this.variables = variables;
        this.views = views;
        this.catalog = catalog;
        this.schema = schema;
        this.describe = describe;
        this.rows = rows;
    }

    /** Returns the three-level name, in lower case as the catalog keeps it. */
    public List<String> complete(List<String> name) {
        List<String> full = new ArrayList<>();
        if (name.size() < 3) {
            full.add(catalog);
        }
        if (name.size() < 2) {
            full.add(schema);
        }
        full.addAll(name);
        if (full.size() > 3) {
            throw SqlErrors.of(
                    "REQUIRES_SINGLE_PART_NAMESPACE",
                    "42K05",
                    "spark_catalog requires a single-part namespace, but got " + String.join(".", name) + ".");
        }
        return full.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public Optional<Table> find(List<String> name) {
        return views.table(name).or(() -> stored(name));
    }

    private Optional<Table> stored(List<String> name) {
        List<String> full = complete(name);
        if (full.get(1).equals(Metastore.INFORMATION_SCHEMA)) {
            visible.personal();
            return new InformationSchema(visible).find(full);
        }
        return visible.read(full).map(t -> personal(t).orElseGet(() -> table(t)));
    }

    private Optional<Table> personal(TableInfo view) {
        return new PersonalViews(visible, catalog, schema, this::ofStoredView).find(view);
    }

    /** A view that is stored sees neither temporary views nor variables of the session that reads it. */
    private SessionTables ofStoredView(SessionCatalog owned, String itsCatalog, String itsSchema) {
        return new SessionTables(
                owned, itsCatalog, itsSchema, describe, rows, new TempViews(), new SessionVariables(), places);
    }

    /** Returns the catalog's knowledge of a table or view. */
    public TableInfo info(List<String> name) {
        return views.find(name)
                .or(() -> visible.describe(complete(name)))
                .orElseThrow(() -> SqlErrors.tableNotFound(name));
    }

    @Override
    public Optional<Expr> variable(List<String> name) {
        return variables.find(name);
    }

    @Override
    public Optional<Routine> routine(List<String> written) {
        Optional<Routine> routine = definition(written);
        routine.ifPresent(r -> visible.requireExecute(r.name()));
        return routine;
    }

    /** Returns a function to be looked at, not called. */
    public Optional<Routine> definition(List<String> written) {
        if (written.size() > 3) {
            return Optional.empty();
        }
        List<String> name = complete(written);
        if (!visible.sees(Securable.schema(name.get(0), name.get(1))) || !visible.hasSchema(name.get(0), name.get(1))) {
            return Optional.empty();
        }
        return rows
                .apply("SELECT definition FROM " + DuckNames.log(name.get(0), "functions") + " WHERE schema_name = "
                        + Identifiers.literal(name.get(1)) + " AND function_name = "
                        + Identifiers.literal(name.get(2)))
                .stream()
                .findFirst()
                .map(r -> Routine.parse(name, String.valueOf(r.get(0))));
    }

    /** Returns the catalog's knowledge of a table or view whose rows are to be read. */
    public TableInfo readable(List<String> name) {
        return views.find(name).or(() -> visible.read(complete(name))).orElseThrow(() -> SqlErrors.tableNotFound(name));
    }

    /** Returns the three-level name of a table whose rows a statement is to change; fails for a view. */
    public List<String> writable(List<String> name) {
        TableInfo info = info(name);
        if (info.view()) {
            throw SqlErrors.of(
                    "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                    "42809",
                    "The operation expects a table but " + Identifiers.backticked(info.fullName()) + " is a view.");
        }
        return info.fullName();
    }

    @Override
    public Table at(List<String> name, Moment moment) {
        return new PastTables(rows).at(readable(name), moment);
    }

    @Override
    public Table changes(List<String> name, Moment from, Optional<Moment> to) {
        return new ChangeFeed(rows).between(readable(name), from, to);
    }

    static Table table(TableInfo info) {
        List<Table.TableColumn> columns = info.columns().stream()
                .map(c -> new Table.TableColumn(c.name(), c.type(), c.duckType(), c.nullable()))
                .toList();
        return new Table(info.fullName(), DuckNames.qualified(info.fullName()), columns);
    }

    @Override
    public Place place(String path) {
        return places.apply(path);
    }

    @Override
    public List<Table.TableColumn> describe(String duckSql) {
        return describe.apply(duckSql).stream()
                .map(row -> new Table.TableColumn(row.get(0), DuckTypes.parse(row.get(1)), row.get(1), true))
                .toList();
    }
}
