package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.SessionConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.jspecify.annotations.Nullable;

/** Databricks SQL over one local Spark. There is one per JVM, because there is one Spark per JVM. Thread-safe. */
final class SparkEngine implements Engine {
    private static final String CATALOG = "main";
    private static final String SCHEMA = "default";

    private final SparkSession root;
    private final Path warehouse;
    private final SparkCatalogs catalogs;
    private final BufferAllocator allocator = new RootAllocator();
    /** Rows of system tables that stay. */
    private final Map<String, List<List<? extends @Nullable Object>>> histories = new ConcurrentHashMap<>();

    private SparkEngine(SparkSession root, Path warehouse) {
        this.root = root;
        this.warehouse = warehouse;
        this.catalogs = new SparkCatalogs(root);
    }

    /**
     * Opens an engine with the catalog {@code main} and its schema {@code default}.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException when a data directory is asked for: Spark's own catalog is
     *     in memory
     */
    static Engine open(Optional<Path> dataDirectory) {
        if (dataDirectory.isPresent()) {
            throw SqlErrors.unsupported("the engine spark with a data directory");
        }
        try {
            Path warehouse = Files.createTempDirectory(
                    // Named so that the workspace's next start deletes what a killed process left.
                    "lakeport-workspace-" + ProcessHandle.current().pid() + "-spark-");
            SparkEngine engine = new SparkEngine(session(warehouse), warehouse);
            engine.catalogs.create(CATALOG, true);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException("Spark has no directory for its tables; check java.io.tmpdir.", e);
        }
    }

    private static SparkSession session(Path warehouse) {
        return SparkSession.builder()
                .master("local[2]")
                .appName("lakeport")
                .config("spark.log.level", "ERROR")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.sources.default", "delta")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.session.timeZone", "Etc/UTC")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.autoBroadcastJoinThreshold", "-1")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .config("spark.databricks.delta.retentionDurationCheck.enabled", "false")
                .getOrCreate();
    }

    @Override
    public EngineSession openSession(SessionSettings settings) {
        String catalog = settings.catalog().orElse(CATALOG).toLowerCase(Locale.ROOT);
        String schema = settings.schema().orElse(SCHEMA).toLowerCase(Locale.ROOT);
        catalogs.require(catalog, schema);
        SparkStatementSession session = new SparkStatementSession(
                root.newSession(),
                catalogs,
                allocator,
                settings.user(),
                SessionConfiguration.of(settings.configuration()));
        session.use(catalog, schema);
        return session;
    }

    /** Checks nothing, and says so: whoever tests privileges must not take this engine's silence for permission. */
    @Override
    public void govern(Governance governance) {
        if (governance.enforced()) {
            // Spark takes over the JVM's logging and lets errors through only.
            System.err.println("Warning: the engine spark checks no privileges on catalogs, schemas and tables: every"
                    + " principal that may use the warehouse reads and writes all of them. Use the engine duckdb to"
                    + " test privileges.");
        }
    }

    @Override
    public void load(String table, Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String path = file.toAbsolutePath().toString();
        Dataset<Row> rows;
        if (name.endsWith(".parquet")) {
            rows = root.read().parquet(path);
        } else if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            rows = root.read()
                    .option("header", "true")
                    .option("inferSchema", "true")
                    .csv(path);
        } else if (name.matches(".*\\.(json|jsonl|ndjson)")) {
            rows = root.read().json(path);
        } else {
            throw SqlErrors.of(
                    "DATA_SOURCE_NOT_FOUND",
                    "42K02",
                    "Cannot tell what " + file + " holds: the workspace loads files ending in .parquet, .csv, .json, "
                            + ".jsonl or .ndjson.");
        }
        rows.write()
                .format("delta")
                // Delta refuses spaces and commas in names of columns otherwise; files have them.
                .option("delta.columnMapping.mode", "name")
                .mode("overwrite")
                .saveAsTable(StatementNames.mangled(table, CATALOG, SCHEMA));
    }

    @Override
    public void replaceSystemTable(
            String threeLevelName, List<EngineColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
        SystemTables.replace(root, catalogs, threeLevelName, columns, rows);
    }

    /** Writes the whole table each time: a rewritten Delta table is cheaper here than two that are one view. */
    @Override
    public void refreshSystemTable(
            String threeLevelName,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> past,
            List<? extends List<? extends @Nullable Object>> recent) {
        List<List<? extends @Nullable Object>> kept = histories.computeIfAbsent(threeLevelName, n -> new ArrayList<>());
        kept.addAll(past);
        List<List<? extends @Nullable Object>> all = new ArrayList<>(kept);
        all.addAll(recent);
        replaceSystemTable(threeLevelName, columns, all);
    }

    @Override
    public String defaultCatalog() {
        return CATALOG;
    }

    @Override
    public String defaultSchema() {
        return SCHEMA;
    }

    @Override
    public void close() {
        root.stop();
        allocator.close();
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Spark's tables in " + warehouse + " could not be deleted.", e);
        }
    }
}
