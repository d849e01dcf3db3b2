package io.lakeport.sparkengine;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.SessionConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What Spark with one catalog cannot say itself: catalogs, current names, settings, and what JDBC drivers ask for. */
final class CatalogCommands {
    private static final String NAME = "(`(?:[^`]|``)+`|\\w+)";
    private static final Pattern CREATE =
            pattern("CREATE CATALOG( IF NOT EXISTS)? " + NAME + "(?: COMMENT '(?:[^']|\\\\')*')?");
    private static final Pattern DROP = pattern("DROP CATALOG( IF EXISTS)? " + NAME + "( CASCADE| RESTRICT)?");
    private static final Pattern USE_CATALOG = pattern("(?:USE|SET) CATALOG " + NAME);
    private static final Pattern USE = pattern("USE(?: SCHEMA| DATABASE)? " + NAME + "(?: ?\\. ?" + NAME + ")?");
    private static final Pattern SHOW_CATALOGS = pattern("SHOW CATALOGS(?: LIKE '(.*)')?");
    private static final Pattern SHOW_SCHEMAS =
            pattern("SHOW (?:SCHEMAS|DATABASES)(?: (?:IN|FROM) " + NAME + ")?(?: (?:LIKE )?'(.*)')?");
    private static final Pattern SHOW_ALL_SCHEMAS = pattern("SHOW SCHEMAS IN ALL CATALOGS(?: LIKE '(.*)')?");
    private static final Pattern SHOW_TABLES =
            pattern("SHOW TABLES IN CATALOG " + NAME + "(?: SCHEMA LIKE '(.*?)')?(?: LIKE '(.*)')?");
    private static final Pattern SET = pattern("SET ([\\w.]+) ?= ?(.*)");
    private static final Pattern OURS = pattern(
            "(GRANT|REVOKE|SHOW (GRANTS|KEYS|FOREIGN KEYS|VOLUMES|COLUMNS IN CATALOG|FUNCTIONS IN)|(CREATE|ALTER|DROP)"
                    + " (VOLUME|CATALOG|EXTERNAL)|LIST|PUT|GET|REMOVE|COPY INTO|DESCRIBE CATALOG)\\b.*");

    private final SparkStatementSession session;
    private final SparkCatalogs catalogs;
    private final SessionConfiguration configuration;

    CatalogCommands(SparkStatementSession session, SparkCatalogs catalogs, SessionConfiguration configuration) {
        this.session = session;
        this.catalogs = catalogs;
        this.configuration = configuration;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Returns the rows of a command of ours, empty when the statement is for Spark. */
    Optional<Dataset<Row>> run(String statement) {
        String sql = statement.strip();
        Optional<Dataset<Row>> answer = shown(sql);
        if (answer.isPresent()) {
            return answer;
        }
        if (changed(sql)) {
            return Optional.of(frame(List.of()));
        }
        if (OURS.matcher(sql).matches()) {
            throw SqlErrors.unsupported("this statement on the engine spark");
        }
        return Optional.empty();
    }

    private boolean changed(String sql) {
        Matcher create = CREATE.matcher(sql);
        if (create.matches()) {
            create(name(create.group(2)), create.group(1) != null);
            return true;
        }
        Matcher drop = DROP.matcher(sql);
        if (drop.matches()) {
            String name = name(drop.group(2));
            if (catalogs.has(name) || drop.group(1) == null) {
                catalogs.drop(name, " CASCADE".equalsIgnoreCase(drop.group(3)));
            }
            return true;
        }
        Matcher catalog = USE_CATALOG.matcher(sql);
        if (catalog.matches()) {
            session.use(name(catalog.group(1)), "default");
            return true;
        }
        Matcher use = USE.matcher(sql);
        if (use.matches()) {
            use(use);
            return true;
        }
        return false;
    }

    private void create(String name, boolean lenient) {
        if (catalogs.has(name) && !lenient) {
            throw SqlErrors.of(
                    "CATALOG_ALREADY_EXISTS",
                    "42710",
                    "Cannot create catalog `" + name + "` because it already exists.");
        }
        catalogs.create(name, true);
    }

    private void use(Matcher use) {
        String first = name(use.group(1));
        if (use.group(2) != null) {
            session.use(first, name(use.group(2)));
        } else if (!catalogs.has(session.catalog(), first) && catalogs.has(first)) {
            session.use(first, "default");
        } else {
            session.use(session.catalog(), first);
        }
    }

    private Optional<Dataset<Row>> shown(String sql) {
        Matcher all = SHOW_CATALOGS.matcher(sql);
        if (all.matches()) {
            return Optional.of(frame(rows(catalogs.catalogs(), all.group(1)), "catalog"));
        }
        Matcher everywhere = SHOW_ALL_SCHEMAS.matcher(sql);
        if (everywhere.matches()) {
            List<Row> rows = new ArrayList<>();
            catalogs.catalogs()
                    .forEach(c -> catalogs.schemas(c).stream()
                            .filter(s -> matches(s, everywhere.group(1)))
                            .forEach(s -> rows.add(RowFactory.create(s, c))));
            return Optional.of(frame(rows, "databaseName", "catalog"));
        }
        Matcher schemas = SHOW_SCHEMAS.matcher(sql);
        if (schemas.matches()) {
            String catalog = schemas.group(1) == null ? session.catalog() : name(schemas.group(1));
            return Optional.of(frame(rows(catalogs.schemas(catalog), schemas.group(2)), "databaseName"));
        }
        Matcher tables = SHOW_TABLES.matcher(sql);
        if (tables.matches()) {
            return Optional.of(tables(name(tables.group(1)), tables.group(2), tables.group(3)));
        }
        Matcher set = SET.matcher(sql);
        return set.matches() ? Optional.of(set(set.group(1), set.group(2))) : Optional.empty();
    }

    private Dataset<Row> set(String name, String value) {
        configuration.set(name, value.strip().replaceAll("^(['\"])(.*)\\1$", "$2"));
        return frame(List.of(RowFactory.create(name, configuration.get(name))), "key", "value");
    }

    private Dataset<Row> tables(String catalog, @Nullable String schemaPattern, @Nullable String pattern) {
        List<Row> rows = new ArrayList<>();
        for (String schema : catalogs.schemas(catalog)) {
            if (matches(schema, schemaPattern)) {
                catalogs.tables(catalog, schema).stream()
                        .filter(t -> matches(t.getString(1), pattern))
                        .forEach(t -> rows.add(
                                RowFactory.create(schema, t.getString(1), "false", null, catalog, "TABLE", null)));
            }
        }
        return frame(
                rows, "database", "tableName", "isTemporary", "information", "catalogName", "tableType", "remarks");
    }

    private static List<Row> rows(List<String> names, @Nullable String pattern) {
        return names.stream()
                .filter(n -> matches(n, pattern))
                .map(n -> RowFactory.create(n))
                .toList();
    }

    /** Patterns have stars and alternatives, and match in any case. */
    private static boolean matches(String name, @Nullable String pattern) {
        if (pattern == null) {
            return true;
        }
        String[] parts = pattern.split("\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Pattern.quote(parts[i]);
        }
        return Pattern.compile(String.join(".*", parts), Pattern.CASE_INSENSITIVE)
                .matcher(name)
                .matches();
    }

    private static String name(String written) {
        return written.startsWith("`")
                ? written.substring(1, written.length() - 1).replace("``", "`")
                : written;
    }

    private Dataset<Row> frame(List<Row> rows, String... columns) {
        StructField[] fields = new StructField[columns.length];
        for (int i = 0; i < columns.length; i++) {
            fields[i] = DataTypes.createStructField(columns[i], DataTypes.StringType, true);
        }
        return session.spark().createDataFrame(rows, new StructType(fields));
    }
}
