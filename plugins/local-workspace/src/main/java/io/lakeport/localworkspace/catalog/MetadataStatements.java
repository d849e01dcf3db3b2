package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import io.lakeport.localworkspace.sql.expression.FunctionTable;
import io.lakeport.localworkspace.sql.expression.StringLiterals;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statements that Databricks adds to Spark's grammar and its JDBC driver sends for DatabaseMetaData: SHOW with IN
 * CATALOG, USE CATALOG, CREATE and DROP CATALOG.
 */
public final class MetadataStatements {
    private static final String NAME = "(`(?:[^`]|``)*`|[\\w-]+)";
    private static final String LIKE = "(?:\\s+LIKE\\s+'((?:[^'\\\\]|\\\\.|'')*)')?";
    private static final String IN_CATALOG = "(?:IN|FROM)\\s+(?:(ALL\\s+CATALOGS)|CATALOG\\s+" + NAME + ")";
    private static final Pattern USE = pattern("(?:USE|SET)\\s+CATALOG\\s+" + NAME);
    private static final Pattern CREATE =
            pattern("CREATE\\s+CATALOG(\\s+IF\\s+NOT\\s+EXISTS)?\\s+" + NAME + "(?:\\s+COMMENT\\s+'.*')?");
    private static final Pattern DROP =
            pattern("DROP\\s+CATALOG(\\s+IF\\s+EXISTS)?\\s+" + NAME + "(?:\\s+(?:CASCADE|RESTRICT))?");
    private static final Pattern SCHEMAS =
            pattern("SHOW\\s+(?:SCHEMAS|DATABASES)\\s+(?:IN|FROM)\\s+(?:(ALL\\s+CATALOGS)|(?:CATALOG\\s+)?" + NAME + ")"
                    + LIKE);
    private static final Pattern TABLES =
            pattern("SHOW\\s+TABLES\\s+" + IN_CATALOG + "(?:\\s+SCHEMA\\s+LIKE\\s+'((?:[^'\\\\]|\\\\.|'')*)')?" + LIKE);
    private static final Pattern COLUMNS = pattern("SHOW\\s+COLUMNS\\s+" + IN_CATALOG
            + "(?:\\s+SCHEMA\\s+LIKE\\s+'((?:[^'\\\\]|\\\\.|'')*)')?(?:\\s+TABLE\\s+LIKE\\s+'((?:[^'\\\\]|\\\\.|'')*)')?"
            + LIKE);
    private static final Pattern KEYS = pattern("SHOW\\s+(FOREIGN\\s+)?KEYS\\s+IN\\s+CATALOG\\s+" + NAME
            + "\\s+IN\\s+SCHEMA\\s+" + NAME + "\\s+IN\\s+TABLE\\s+" + NAME);
    private static final Pattern FUNCTIONS = pattern(
            "SHOW\\s+FUNCTIONS\\s+" + IN_CATALOG + "(?:\\s+SCHEMA\\s+LIKE\\s+'((?:[^'\\\\]|\\\\.|'')*)')?" + LIKE);

    private final CommandContext context;
    private final Metastore metastore;
    private final SessionCatalog visible;

    public MetadataStatements(CommandContext context) {
        this.context = context;
        this.metastore = context.metastore();
        this.visible = context.visible();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile("\\s*" + regex + "\\s*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Runs the statement if it is one of these. */
    public Optional<Outcome> run(String sql) {
        Matcher m = USE.matcher(sql);
        if (m.matches()) {
            String name = name(m.group(1));
            visible.requireCatalog(name);
            visible.require(Privilege.USE_CATALOG, Securable.catalog(name));
            context.use(name.toLowerCase(Locale.ROOT), "default");
            return Optional.of(new Outcome("USE", null));
        }
        m = CREATE.matcher(sql);
        if (m.matches()) {
            create(name(m.group(2)), m.group(1) != null);
            return Optional.of(new Outcome("CREATE", null));
        }
        m = DROP.matcher(sql);
        if (m.matches()) {
            drop(name(m.group(2)), m.group(1) != null);
            return Optional.of(new Outcome("DROP", null));
        }
        return show(sql).map(l -> new Outcome("SHOW", l.query()));
    }

    private Optional<Listing> show(String sql) {
        Matcher m = SCHEMAS.matcher(sql);
        if (m.matches()) {
            return Optional.of(schemas(m.group(1) != null, name(m.group(2)), text(m.group(3))));
        }
        m = TABLES.matcher(sql);
        if (m.matches()) {
            return Optional.of(tables(catalogs(m), text(m.group(3)), text(m.group(4))));
        }
        m = COLUMNS.matcher(sql);
        if (m.matches()) {
            return Optional.of(columns(catalogs(m), text(m.group(3)), text(m.group(4)), text(m.group(5))));
        }
        m = KEYS.matcher(sql);
        if (m.matches()) {
            return Optional.of(m.group(1) == null ? KeyListings.primary(keyed(m)) : KeyListings.foreign(keyed(m)));
        }
        m = FUNCTIONS.matcher(sql);
        return m.matches() ? Optional.of(functions(catalogs(m), text(m.group(3)), text(m.group(4)))) : Optional.empty();
    }

    private static String name(@Nullable String token) {
        return token == null ? "" : Identifiers.unquote(token);
    }

    private static @Nullable String text(@Nullable String body) {
        return body == null ? null : StringLiterals.unescape("'" + body + "'");
    }

    private List<String> catalogs(Matcher m) {
        if (m.group(1) != null) {
            return visible.catalogs();
        }
        String name = name(m.group(2)).toLowerCase(Locale.ROOT);
        visible.requireCatalog(name);
        return List.of(name);
    }

    private void create(String name, boolean lenient) {
        if (metastore.hasCatalog(name) && !lenient) {
            throw SqlErrors.of(
                    "CATALOG_ALREADY_EXISTS",
                    "42710",
                    "Cannot create catalog " + Identifiers.backticked(name) + " because it already exists. Choose a "
                            + "different name, drop or replace the existing catalog, or add the IF NOT EXISTS clause.");
        }
        metastore.createCatalog(name, true);
    }

    private void drop(String name, boolean lenient) {
        if (!metastore.hasCatalog(name)) {
            if (lenient) {
                return;
            }
            throw SqlErrors.catalogNotFound(name);
        }
        metastore.dropCatalog(name);
    }

    private Listing schemas(boolean all, String catalog, @Nullable String pattern) {
        Listing listing = new Listing().strings("databaseName");
        if (all) {
            listing.strings("catalog");
        }
        for (String c : all ? visible.catalogs() : List.of(catalog.toLowerCase(Locale.ROOT))) {
            visible.schemas(c).stream()
                    .filter(s -> Patterns.matches(pattern, s))
                    .forEach(s -> listing.row(all ? List.of(s, c) : List.of(s)));
        }
        return listing;
    }

    private List<TableInfo> find(List<String> catalogs, @Nullable String schema, @Nullable String table) {
        return catalogs.stream()
                .flatMap(c -> visible.schemas(c).stream()
                        .filter(s -> !s.equals(Metastore.INFORMATION_SCHEMA) && Patterns.matches(schema, s))
                        .flatMap(s -> visible.tables(c, s).stream()))
                .filter(t -> Patterns.matches(table, t.name()))
                .toList();
    }

    private Listing tables(List<String> catalogs, @Nullable String schema, @Nullable String table) {
        Listing listing = new Listing()
                .strings("namespace", "tableName")
                .column("isTemporary", SqlType.BOOLEAN)
                .strings("information", "catalogName", "tableType", "remarks");
        for (TableInfo t : find(catalogs, schema, table)) {
            listing.row(Arrays.asList(
                    t.schema(), t.name(), false, null, t.catalog(), t.view() ? "VIEW" : "TABLE", t.comment()));
        }
        return listing;
    }

    private Listing columns(
            List<String> catalogs, @Nullable String schema, @Nullable String table, @Nullable String column) {
        Listing listing = new Listing()
                .strings("col_name", "catalogName", "namespace", "tableName", "columnType")
                .column("columnSize", SqlType.INT)
                .column("decimalDigits", SqlType.INT)
                .column("radix", SqlType.INT)
                .strings("isNullable", "remarks")
                .column("ordinalPosition", SqlType.INT)
                .strings("isAutoIncrement", "isGenerated");
        for (TableInfo t : find(catalogs, schema, table)) {
            int position = 1;
            for (TableInfo.ColumnInfo c : t.columns()) {
                if (Patterns.matches(column, c.name())) {
                    boolean decimal =
                            c.type().precision() > 0 && !c.type().kind().isInterval();
                    listing.row(Arrays.asList(
                            c.name(),
                            t.catalog(),
                            t.schema(),
                            t.name(),
                            c.type().text(),
                            decimal ? c.type().precision() : null,
                            decimal ? c.type().scale() : null,
                            c.type().kind().isNumeric() ? 10 : null,
                            String.valueOf(c.nullable()),
                            c.comment(),
                            position,
                            "NO",
                            "NO"));
                }
                position++;
            }
        }
        return listing;
    }

    private List<TableInfo> keyed(Matcher m) {
        return List.of(context.tables().info(List.of(name(m.group(2)), name(m.group(3)), name(m.group(4)))));
    }

    private static Listing functions(List<String> catalogs, @Nullable String schema, @Nullable String pattern) {
        Listing listing = new Listing()
                .strings("functionName", "namespace", "catalogName", "remarks", "functionType", "specificName");
        if (Patterns.matches(schema, "builtin") && catalogs.contains("system")) {
            FunctionTable.names().stream()
                    .filter(f -> Patterns.matches(pattern, f))
                    .forEach(f -> listing.row(Arrays.asList(f, "builtin", "system", null, "SYSTEM", f)));
        }
        return listing;
    }
}
