package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.type.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** How catalogs and schemas are called inside DuckDB, where {@code main} and {@code system} are taken. */
public final class DuckNames {
    private static final String CATALOG = "c_";
    private static final String SCHEMA = "s_";

    private DuckNames() {}

    static String database(String catalog) {
        return CATALOG + catalog.toLowerCase(Locale.ROOT);
    }

    static String schema(String schema) {
        return SCHEMA + schema.toLowerCase(Locale.ROOT);
    }

    static String catalogOf(String database) {
        return database.substring(CATALOG.length());
    }

    static String schemaOf(String duckSchema) {
        return duckSchema.substring(SCHEMA.length());
    }

    static boolean isCatalog(String database) {
        return database.startsWith(CATALOG);
    }

    static boolean isSchema(String duckSchema) {
        return duckSchema.startsWith(SCHEMA);
    }

    /** Returns a schema's qualified name, quoted. */
    public static String qualified(String catalog, String schema) {
        return Identifiers.duck(database(catalog)) + "." + Identifiers.duck(schema(schema));
    }

    /** Returns the qualified name of the schema that remembers which files were loaded, quoted. */
    public static String files(String catalog) {
        return Identifiers.duck(database(catalog)) + ".lp_files";
    }

    /** Returns the qualified name of a table of the catalog's log of commits, quoted. */
    public static String log(String catalog, String table) {
        return Identifiers.duck(database(catalog)) + ".lp_versions." + table;
    }

    /** Returns the qualified name, quoted, of a table that stands beside a user's table and has that exact name. */
    public static String beside(List<String> table, String name) {
        return qualified(table.get(0), table.get(1)) + "." + Identifiers.duck(name);
    }

    /** Returns the condition that a row of DuckDB's own catalog tables is about a schema. */
    public static String in(String catalog, String schema) {
        return "database_name = " + Identifiers.literal(database(catalog)) + " AND schema_name = "
                + Identifiers.literal(schema(schema));
    }

    /** Returns a table's qualified name, quoted. */
    public static String qualified(List<String> name) {
        return qualified(name.get(0), name.get(1)) + "."
                + Identifiers.duck(name.get(2).toLowerCase(Locale.ROOT));
    }

    /** Returns the file name of a catalog: its own name where a file system surely takes it, otherwise in hex. */
    static String file(String catalog) {
        String name = catalog.toLowerCase(Locale.ROOT);
        boolean plain = name.matches("[a-z0-9_-]{1,100}");
        return (plain ? "catalog-" + name : "hex-" + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)))
                + ".duckdb";
    }

    static String catalogOfFile(String file) {
        String stem = file.substring(0, file.length() - ".duckdb".length());
        return stem.startsWith("hex-")
                ? new String(HexFormat.of().parseHex(stem.substring(4)), StandardCharsets.UTF_8)
                : stem.substring("catalog-".length());
    }
}
