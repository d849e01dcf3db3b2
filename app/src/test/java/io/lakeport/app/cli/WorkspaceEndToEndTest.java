package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line against a workspace in a process of its own, found as a provider like in production. */
class WorkspaceEndToEndTest {
    @TempDir
    static Path folder;

    private static Providers providers;
    private static WorkspaceSimulator workspace;

    @BeforeAll
    static void start() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("orders.csv"),
                "id,country,updated_at\n1,de,2026-01-01 00:00:00\n2,fr,2026-01-02 00:00:00\n3,,2026-01-03 00:00:00\n");
        providers = PluginHost.find(List.of());
        workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(0, Optional.empty(), Map.of("orders", csv)));
        Files.writeString(
                folder.resolve("secret.txt"),
                workspace.connection().clientSecret().reveal() + "\n");
        Files.writeString(folder.resolve("lakeport.json"), config("${file:secret.txt}", "restricted/"));
    }

    @AfterAll
    static void stop() {
        workspace.close();
        providers.close();
    }

    private static String config(String secret, String prefix) {
        SimulatorConnection c = workspace.connection();
        return """
                {"tenants": {"acme": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                     "secrets": {"client_secret": "%s"}},
                   "scope": {"catalogs": ["%s"], "object_prefixes": ["%s"]},
                   "source": {"table": "orders", "partition_column": "updated_at"}}},
                 "ledger": {"directory": "ledger"}}
                """.formatted(
                        c.httpUrl(),
                        c.warehouseId(),
                        c.catalog(),
                        c.schema(),
                        c.clientId(),
                        secret,
                        c.catalog(),
                        folder.toUri() + prefix);
    }

    private static CliRun lakeport(String command, String... more) {
        String[] head = {command, "-c", folder.resolve("lakeport.json").toString()};
        return CliRun.of(Stream.of(head, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    @Tag("AK-04")
    void query_everyFormat_printsTheSameRows() {
        String sql = "SELECT id, country FROM orders ORDER BY id";

        assertThat(lakeport("query", sql).succeeded().out()).isEqualTo("""
                id  country
                --  -------
                 1  de
                 2  fr
                 3  NULL
                """);
        assertThat(lakeport("query", "-f", "csv", sql).succeeded().out()).isEqualTo("id,country\n1,de\n2,fr\n3,\n");
        assertThat(lakeport("query", "-f", "json", sql).succeeded().out()).isEqualTo("""
                {"id":1,"country":"de"}
                {"id":2,"country":"fr"}
                {"id":3,"country":null}
                """);
        assertThat(lakeport("query", "-f", "arrow", sql).succeeded().bytes())
                .startsWith(-1, -1, -1, -1)
                .endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
    }

    @Test
    @Tag("AK-34")
    void query_contextPurpose_isAlwaysLimited() {
        CliRun run = lakeport("query", "-f", "csv", "--purpose", "context", "SELECT count(*) AS n FROM (SELECT 1) t");
        assertThat(run.succeeded().out()).isEqualTo("n\n1\n");

        CliRun many = lakeport("query", "-f", "csv", "--purpose", "context", "SELECT * FROM range(5000)");
        assertThat(many.succeeded().out().lines()).hasSize(1 + 1000);
    }

    @Test
    void query_parameters_areBoundAndNotSpliced() {
        CliRun run = lakeport(
                "query",
                "-f",
                "csv",
                "-p",
                "id=INT:2",
                "-p",
                "text=x' OR '1'='1",
                "SELECT country, :text AS t FROM orders WHERE id = :id");

        assertThat(run.succeeded().out()).isEqualTo("country,t\nfr,x' OR '1'='1\n");
        CliRun quoted = lakeport("query", "-f", "csv", "-p", "v=a \"b=c", "SELECT :v AS v")
                .succeeded();
        assertThat(quoted.out()).isEqualTo("v\n\"a \"\"b=c\"\n");
        assertThat(quoted.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, csv, 141", "Broken pipe, arrow, 141", "No space left on device, json, 7"})
    void query_outputThatCannotBeWritten_endsWithCodeAndNoTrace(String cause, String format, int code) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(cause);
            }
        };
        String config = folder.resolve("lakeport.json").toString();

        int seen = new Cli(new ResultOutput(broken), new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("query", "-c", config, "-f", format, "SELECT * FROM range(5000)");

        assertThat(seen).isEqualTo(code);
        String told = err.toString(StandardCharsets.UTF_8);
        assertThat(told).doesNotContain("\tat ").matches(text -> text.contains(cause) == (code == 7));
    }

    @Test
    @Tag("BI-29")
    @Tag("BI-30")
    @Tag("BI-31")
    @Tag("BI-32")
    void doctor_goodConnection_passesEveryStep() {
        CliRun run = lakeport("doctor").succeeded();

        assertThat(run.out()).contains("[ ok ]  token", "[ ok ]  rest", "DIRECTORY", "[ ok ]  sql", "https://docs.");
        assertThat(run.out()).contains("[ ok ]  dns", "[ ok ]  results", "everything works");
        assertThat(lakeport("doctor", "--json").succeeded().out()).contains("\"healthy\":true", "\"warnings\":false");
    }

    @Test
    void doctor_brokenConnections_exitWithTheTroublesCodeAndTellItInBothForms() throws Exception {
        CliRun table = lakeport("doctor", "--table", "main.nowhere.orders", "--column", "id");
        CliRun json = lakeport("doctor", "--table", "main.nowhere.orders", "--format", "json");
        String config = config(workspace.connection().clientSecret().reveal(), "x/");
        Path console = Files.writeString(
                folder.resolve("console.json"),
                config.replace(workspace.connection().httpUrl().toString(), "https://accounts.cloud.databricks.com"));
        Path nowhere = Files.writeString(
                folder.resolve("nowhere.json"),
                config.replace(workspace.connection().httpUrl().toString(), "https://no-such-workspace.invalid"));
        CliRun setting = CliRun.of("doctor", "-c", console.toString());
        CliRun network = CliRun.of("doctor", "-c", nowhere.toString());

        assertThat(table.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(table.out())
                .contains("[ ok ]  catalog", "[FAIL]  schema", "SCHEMA_NOT_FOUND", "[skip]  columns")
                .contains("begin with 'schema': SCHEMA_NOT_FOUND");
        assertThat(json.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(json.out())
                .contains(
                        "\"healthy\":false",
                        "\"first_cause\":\"SCHEMA_NOT_FOUND\"",
                        "\"trouble\":\"missing\"",
                        "\"who\":");
        assertThat(setting.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(setting.out()).contains("[FAIL]  configuration", "HOST_IS_ACCOUNT_CONSOLE");
        assertThat(network.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(network.out()).contains("[FAIL]  dns", "HOST_UNKNOWN", "[skip]  token");
    }

    @Test
    void wrongSecret_isAuthenticationAndShowsNeitherSecret() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), config("dose-wrong-secret", "x/"));

        CliRun query =
                CliRun.of("query", "-c", wrong.toString(), "SELECT 1").failedWith(ExitCode.AUTHENTICATION, "secret");
        CliRun doctor = CliRun.of("doctor", "-c", wrong.toString());

        assertThat(doctor.exitCode()).isEqualTo(ExitCode.AUTHENTICATION);
        assertThat(doctor.out()).contains("[FAIL]  token", "cause", "fix", "[skip]  rest", "[skip]  sql");
        assertThat(query.err() + doctor.out() + doctor.err()).doesNotContain("dose-wrong-secret");
    }

    @Test
    void badSql_keepsTheWorkspacesOwnMessage() {
        lakeport("query", "SELECT 1 FROM (").failedWith(ExitCode.USAGE, "PARSE_SYNTAX_ERROR", "SELECT 1 FROM (");
        lakeport("query", "SELEC 1").failedWith(ExitCode.PERMISSION, "begins with 'SELEC'", "scope.access");
        lakeport("query", "SELECT * FROM nowhere").failedWith(ExitCode.NOT_FOUND, "TABLE_OR_VIEW_NOT_FOUND", "nowhere");
        lakeport("query", " ").failedWith(ExitCode.USAGE, "the SQL text is empty");
    }

    @Test
    void export_fullThenRefused_leavesTheFirstAsItIs() throws Exception {
        String target = folder.resolve("restricted/full").toString();

        assertThat(lakeport("export", "--to", target).succeeded().out()).contains("run 1, 3 rows in 1 file(s)");

        CliRun again = lakeport("export", "--to", target);
        assertThat(again.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(again.err()).contains("already holds run 1");
        try (Stream<Path> files = Files.list(Path.of(target))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.endsWith(".parquet"))
                    .contains("_SUCCESS");
        }
    }

    @Test
    @Tag("AK-13")
    void export_outsideThePrefixes_isRefusedUnlessAllowed() {
        Path elsewhere = folder.resolve("elsewhere");

        CliRun refused = lakeport("export", "--to", elsewhere.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(elsewhere).doesNotExist();
        lakeport("export", "--to", elsewhere.toString(), "--allow-target").succeeded();
    }

    @Test
    void export_unwritableTarget_leavesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("restricted-file"), "a file and no directory");

        CliRun run = lakeport("export", "--allow-target", "--to", file.toString());

        assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.PERMISSION, ExitCode.CONFLICT);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(file).hasContent("a file and no directory");
    }

    @Test
    void ledger_afterStatements_listsThemWithoutTheirText() {
        lakeport("query", "SELECT 42 AS answer").succeeded();

        assertThat(lakeport("ledger", "--json", "--limit", "500").succeeded().out())
                .contains("\"outcome\":\"succeeded\"", "\"sql_fingerprint\"")
                .doesNotContain("answer");
    }
}
