package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.DuckTypes;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import io.lakeport.localworkspace.version.HiddenNames;
import io.lakeport.localworkspace.version.Versions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The catalogs of a workspace, each a DuckDB database. Thread-safe as its database access is. */
public final class Metastore {
    /** The schema that every catalog has and nobody writes. */
    public static final String INFORMATION_SCHEMA = "information_schema";

    /** Access to DuckDB outside of any session. */
    public interface Database {
        /** Runs a statement. */
        void run(String duckSql);

        /** Runs a query and returns its rows as text. */
        List<List<@Nullable String>> rows(String duckSql);
    }

    private final Database database;
    private final @Nullable Path directory;
    private final Versions versions;
    private final AtomicLong changes = new AtomicLong();
    private final Map<List<String>, Optional<TableInfo>> cache = new ConcurrentHashMap<>();

    public Metastore(Database database, @Nullable Path directory) {
        this.database = database;
        this.directory = directory;
        this.versions = new Versions(database);
    }

    /** Returns the versions of the tables. */
    public Versions versions() {
        return versions;
    }

    /** Forgets what is known of tables; to be called after anything may have changed them. */
    public void changed() {
        synchronized (cache) {
            changes.incrementAndGet();
            cache.clear();
        }
    }

    /** Returns the names of all catalogs, in order. */
    public List<String> catalogs() {
        return database.rows("SELECT database_name FROM duckdb_databases() WHERE NOT internal ORDER BY 1").stream()
                .map(Metastore::first)
                .filter(DuckNames::isCatalog)
                .map(DuckNames::catalogOf)
                .toList();
    }

    /** Returns the names of a catalog's schemas, in order. */
    public List<String> schemas(String catalog) {
        requireCatalog(catalog);
        List<String> names = new ArrayList<>(database
                .rows("SELECT schema_name FROM duckdb_schemas() WHERE database_name = "
                        + Identifiers.literal(DuckNames.database(catalog)))
                .stream()
                .map(Metastore::first)
                .filter(DuckNames::isSchema)
                .map(DuckNames::schemaOf)
                .toList());
        names.add(INFORMATION_SCHEMA);
        return names.stream().sorted().toList();
    }

    private static String first(List<@Nullable String> row) {
        String value = row.get(0);
        return value == null ? "" : value;
    }

    /** Whether there is such a catalog. */
    public boolean hasCatalog(String catalog) {
        return catalogs().contains(catalog.toLowerCase(Locale.ROOT));
    }

    /** Whether there is such a schema. */
    public boolean hasSchema(String catalog, String schema) {
        return hasCatalog(catalog) && schemas(catalog).contains(schema.toLowerCase(Locale.ROOT));
    }

    /** Fails unless there is such a catalog. */
    public void requireCatalog(String catalog) {
        if (!hasCatalog(catalog)) {
            throw SqlErrors.catalogNotFound(catalog);
        }
    }

    /** Fails unless there is such a schema. */
    public void requireSchema(String catalog, String schema) {
        requireCatalog(catalog);
        if (!hasSchema(catalog, schema)) {
            throw SqlErrors.schemaNotFound(List.of(catalog, schema));
        }
    }

    /** Creates a catalog with a schema {@code default}; one that is there stays as it is. */
    public void createCatalog(String catalog, boolean persistent) {
        String name = catalog.toLowerCase(Locale.ROOT);
        String where = directory == null || !persistent
                ? ":memory:"
                : directory.resolve(DuckNames.file(name)).toString();
        database.run("ATTACH IF NOT EXISTS " + Identifiers.literal(where) + " AS "
                + Identifiers.duck(DuckNames.database(name)));
        versions.prepare(name);
        createSchema(name, "default");
    }

    /** Attaches the catalog that a file of the data directory holds. */
    public void attachFile(String file) {
        createCatalog(DuckNames.catalogOfFile(file), true);
    }

    /** Writes all that is in memory to the data directory. */
    public void checkpoint() {
        for (String catalog : directory == null ? List.<String>of() : catalogs()) {
            database.run("CHECKPOINT " + Identifiers.duck(DuckNames.database(catalog)));
        }
    }

    /** Removes a catalog and all that it holds. */
    public void dropCatalog(String catalog) {
        database.run("DETACH " + Identifiers.duck(DuckNames.database(catalog)));
        if (directory != null) {
            directory.resolve(DuckNames.file(catalog)).toFile().delete();
        }
        changed();
    }

    /** Creates a schema; one that is there stays as it is. */
    public void createSchema(String catalog, String schema) {
        database.run("CREATE SCHEMA IF NOT EXISTS " + DuckNames.qualified(catalog, schema));
    }

    /** Returns the tables and views of a schema, in order. */
    public List<TableInfo> tables(String catalog, String schema) {
        List<TableInfo> tables = new ArrayList<>();
        for (List<@Nullable String> row : database.rows("SELECT table_name FROM duckdb_tables() WHERE "
                + DuckNames.in(catalog, schema)
                + " UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND "
                + DuckNames.in(catalog, schema) + " ORDER BY 1")) {
            if (!HiddenNames.isTable(first(row))) {
                find(List.of(catalog, schema, first(row))).ifPresent(tables::add);
            }
        }
        return tables;
    }

    /** Returns a table or view by its three-level name. */
    public Optional<TableInfo> find(List<String> name) {
        List<String> key = name.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
        Optional<TableInfo> known = cache.get(key);
        if (known == null) {
            long before = changes.get();
            known = read(key, database::rows);
            remember(key, known, before);
        }
        return known;
    }

    /** What was read before a change must not be remembered after it. */
    private void remember(List<String> key, Optional<TableInfo> found, long before) {
        synchronized (cache) {
            if (changes.get() == before) {
                cache.put(key, found);
            }
        }
    }

    /**
     * Returns a table or view as the catalog that {@code rows} asks has it: inside a transaction, as that has changed
     * it.
     *
     * @param name three-level name in lower case
     */
    public static Optional<TableInfo> read(List<String> name, Function<String, List<List<@Nullable String>>> rows) {
        String where = DuckNames.in(name.get(0), name.get(1));
        String table = Identifiers.literal(name.get(2));
        List<List<@Nullable String>> found = rows.apply("SELECT 'table', comment FROM duckdb_tables() WHERE " + where
                + " AND table_name = " + table + " UNION ALL SELECT 'view', comment FROM duckdb_views() WHERE " + where
                + " AND view_name = " + table);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<TableInfo.ColumnInfo> columns = rows
                .apply(
                        "SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns() WHERE "
                                + where + " AND table_name = " + table + " ORDER BY column_index")
                .stream()
                .filter(row -> !HiddenNames.isColumn(first(row)))
                .map(Metastore::column)
                .toList();
        TableFacts facts = TableFacts.parse(found.get(0).get(1));
        boolean view = "view".equals(found.get(0).get(0));
        return Optional.of(new TableInfo(name.get(0), name.get(1), name.get(2), view, columns, facts));
    }

    private static TableInfo.ColumnInfo column(List<@Nullable String> row) {
        String duck = String.valueOf(row.get(1));
        Remarks remarks = Remarks.parse(row.get(4));
        SqlType type = remarks.type() == null
                ? DuckTypes.parse(duck)
                : TypeTexts.of(StatementParser.parseType(remarks.type()));
        return new TableInfo.ColumnInfo(
                first(row), type, duck, "true".equals(row.get(2)), row.get(3), remarks.comment(), remarks.rule());
    }
}
