package io.lakeport.sparkengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped command line exports a table of Spark, and Spark itself reads the files: the same types, the same values.
 * The exporting process is another one, with the jars that are shipped and none of Spark's.
 */
class ExportOnSparkTest {
    private static final Path LIB = Path.of("../../app/target/dist/lib").toAbsolutePath();
    private static final long LONGEST_SECONDS = 180;

    private static final String TABLE = """
            CREATE TABLE main.default.every (id INT, flag BOOLEAN, tiny TINYINT, small SMALLINT, big BIGINT,
              single FLOAT, dbl DOUBLE, d9 DECIMAL(9,2), d18 DECIMAL(18,4), d38 DECIMAL(38,6), name STRING, raw BINARY,
              day DATE, at TIMESTAMP, wall TIMESTAMP_NTZ, list ARRAY<STRUCT<a: INT, b: ARRAY<STRING>>>,
              map MAP<STRING, DECIMAL(38,10)>, record STRUCT<x: STRUCT<y: TIMESTAMP, z: BINARY>, n: BIGINT>)""";
    private static final String ROWS = """
            INSERT INTO main.default.every VALUES
             (1, true, -128, -32768, -9223372036854775808, CAST('-Infinity' AS FLOAT), CAST('NaN' AS DOUBLE), -9999999.99,
              -99999999999999.9999, -99999999999999999999999999999999.999999, 'na''ïve 💧', X'00FF', DATE'0001-01-01',
              TIMESTAMP'1970-01-01 00:00:00.000001Z', TIMESTAMP_NTZ'0001-01-01 00:00:00', array(struct(1, array('x', NULL)), NULL),
              map('k', 1.5, '', NULL), struct(struct(TIMESTAMP'2024-03-31 01:30:00Z', X''), NULL)),
             (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
             (3, false, 127, 32767, 9223372036854775807, CAST('1.4E-45' AS FLOAT), 4.9E-324D, 0.01, 0.0001, 0.000001, '',
              X'', DATE'9999-12-31', TIMESTAMP'9999-12-31 23:59:59.999999Z', TIMESTAMP_NTZ'2024-03-31 02:30:00',
              array(), map(), struct(NULL, 7))""";

    @TempDir
    static Path folder;

    private static LocalWorkspace workspace;
    private static SparkSession spark;

    @BeforeAll
    static void start() throws Exception {
        assertThat(LIB)
                .as("the distribution, which 'package' of the module app lays out")
                .isDirectory();
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(),
                WorkspaceOptions.defaults(),
                data -> EngineProvider.named("spark").open(data));
        spark = SparkSession.builder().getOrCreate();
        SimulatorConnection connection = workspace.connection();
        Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {"acme": {"host": "%s", "warehouse_id": "%s", "catalog": "main", "schema": "default",
                   "auth": {"method": "pat", "secrets": {"token": "%s"}},
                   "scope": {"object_prefixes": ["%s"], "access": "write_back"}}}}
                """.formatted(
                        connection.httpUrl(),
                        connection.warehouseId(),
                        connection.token().reveal(),
                        folder.toUri()));
        lakeport("query", TABLE);
        lakeport("query", ROWS);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "delta"})
    @Tag("AA-23")
    @Tag("AA-24")
    void export_everyType_sparkReadsTheSameTypesAndValues(String format) throws Exception {
        Path target = folder.resolve(format);

        lakeport("export", "every", "--to", target.toString(), "--format", format);

        Dataset<Row> source = spark.table(SparkCatalogs.database("main", "default") + ".every")
                .orderBy("id");
        Dataset<Row> read = spark.read().format(format).load(target.toString()).orderBy("id");
        assertThat(types(read)).isEqualTo(types(source));
        assertThat(read.collectAsList()).hasSize(3).isEqualTo(source.collectAsList());
    }

    private static List<String> types(Dataset<Row> rows) {
        List<String> types = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            types.add(field.name() + " " + field.dataType().sql());
        }
        return types;
    }

    private static void lakeport(String command, String... more) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "lakeport", ".out");
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                LIB.resolve("*").toString(),
                "io.lakeport.app.cli.Main",
                command,
                "-c",
                folder.resolve("lakeport.json").toString()));
        all.addAll(List.of(more));
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
