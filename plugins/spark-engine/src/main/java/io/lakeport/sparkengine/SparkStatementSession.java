package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.sql.command.SessionConfiguration;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.jspecify.annotations.Nullable;

/** One session: a Spark session of its own, a current catalog and a current schema. */
final class SparkStatementSession implements EngineSession {
    /** Delta's own statements, which Spark's grammar does not know, up to the table's name. */
    private static final Pattern OF_DELTA = Pattern.compile(
            "(?is)(\\s*(?:OPTIMIZE|VACUUM|DESC(?:RIBE)?\\s+(?:HISTORY|DETAIL)|RESTORE(?:\\s+TABLE)?)\\s+)"
                    + "((?:`(?:[^`]|``)+`|\\w+)(?:\\.(?:`(?:[^`]|``)+`|\\w+)){0,2})(.*)");

    private final SparkSession spark;
    private final SparkCatalogs catalogs;
    private final BufferAllocator allocator;
    private final String user;
    private final SessionConfiguration configuration;
    private final CatalogCommands commands;
    private volatile String catalog = "";
    private volatile String schema = "";
    private volatile @Nullable Run current;

    SparkStatementSession(
            SparkSession spark,
            SparkCatalogs catalogs,
            BufferAllocator allocator,
            String user,
            SessionConfiguration configuration) {
        this.spark = spark;
        this.catalogs = catalogs;
        this.allocator = allocator;
        this.user = user;
        this.configuration = configuration;
        this.commands = new CatalogCommands(this, catalogs, configuration);
    }

    SparkSession spark() {
        return spark;
    }

    void use(String newCatalog, String newSchema) {
        catalogs.require(newCatalog, newSchema);
        spark.sql("USE spark_catalog." + SparkCatalogs.quoted(SparkCatalogs.database(newCatalog, newSchema)));
        catalog = newCatalog.toLowerCase(Locale.ROOT);
        schema = newSchema.toLowerCase(Locale.ROOT);
    }

    @Override
    public EngineResult execute(String sql, List<EngineParameter> parameters) {
        Run run = new Run(spark);
        current = run;
        try {
            run.begin();
            String zone = configuration.timeZone();
            spark.conf().set("spark.sql.session.timeZone", zone);
            Optional<org.apache.spark.sql.Dataset<Row>> ours = commands.run(sql);
            String type = sql.strip().split("[\\s(]", 2)[0].toUpperCase(Locale.ROOT);
            Dataset<Row> rows = (Dataset<Row>) (ours.isPresent() ? ours.get() : onSpark(sql, parameters, type));
            return SparkResult.open(
                    rows, allocator, zone, type.matches("WITH|VALUES|TABLE|FROM|") ? "SELECT" : type, run);
        } catch (Exception e) {
            // Spark's methods throw checked exceptions that they do not declare.
            throw SparkErrors.translate(e, run.isCancelled());
        }
    }

    private org.apache.spark.sql.Dataset<Row> onSpark(String sql, List<EngineParameter> parameters, String type) {
        String mine = rewritten(sql, parameters);
        org.apache.spark.sql.Dataset<Row> rows = spark.sql(mine);
        return type.equals("INSERT") && rows.schema().isEmpty() ? InsertedRows.of(spark, mine) : rows;
    }

    private String rewritten(String sql, List<EngineParameter> parameters) {
        Matcher delta = OF_DELTA.matcher(sql);
        if (delta.matches()) {
            return delta.group(1) + StatementNames.mangled(delta.group(2), catalog, schema) + delta.group(3);
        }
        SingleStatementContext tree = parsed(sql);
        if (tree == null) {
            return sql;
        }
        String bound = StatementParameters.substitute(sql, tree, parameters);
        SingleStatementContext again = bound.equals(sql) ? tree : StatementParser.parse(bound);
        String named = StatementNames.rewrite(bound, again, catalog);
        return CurrentNames.rewrite(named, StatementParser.parse(named), user, catalog, schema);
    }

    /** A statement that the grammar does not know goes to Spark as it is, for its own words about the error. */
    private static @Nullable SingleStatementContext parsed(String sql) {
        try {
            return StatementParser.parse(sql);
        } catch (EngineException e) {
            return null;
        }
    }

    @Override
    public void cancel() {
        Run run = current;
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public String catalog() {
        return catalog;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, String> queryTags() {
        return configuration.queryTags();
    }

    @Override
    public void close() {
        cancel();
    }
}
