package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@io.lakeport.testwatch.ExpectWarnings("is left out: ")
class CliTest {
    private static final String CONFIG = """
            {"tenants": {
              "acme": {"host": "https://127.0.0.1:9", "warehouse_id": "w1",
                "auth": {"method": "pat", "secrets": {"token": "dapi-very-secret"}}},
              "globex": {"host": "https://127.0.0.1:9", "warehouse_id": "w1",
                "auth": {"method": "pat", "secrets": {"token": "dapi-very-secret"}}}}}
            """;

    @TempDir
    Path folder;

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "query", "ledger", "plugins", "config", "config check", "workspace", "workspace start"})
    void help_ofEveryCommand_showsUsageAndExamples(String command) {
        String[] args = (command + " --help").strip().split(" ");

        CliRun run = CliRun.of(args).succeeded();

        assertThat(run.out()).contains("Usage: lakeport");
        if (!command.startsWith("config check")) {
            assertThat(run.out()).containsPattern("(Examples|To begin):");
        }
    }

    @Test
    void help_ofTheRoot_documentsExitCodes() {
        assertThat(CliRun.of("--help").succeeded().out())
                .contains("Exit codes:", "3     the workspace does not accept the credential");
        assertThat(CliRun.of("--version").succeeded().out()).contains("lakeport 0.1.0", "Java ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "querry SELECT | there is no command 'querry'",
                "query | Missing required parameter: 'SQL'",
                "query --fromat csv x | Unknown option",
                "query --format xml x | xml",
                "query x | which workspace? give --config FILE",
                "config | name a command",
                "ledger --limit 0 | --limit must be at least 1",
                "workspace start --port 99999 | port 99999 is outside",
            })
    void run_wrongUsage_isTwoAndSaysWhatIsMeant(String line, String expected) {
        CliRun.of(line.split(" ")).failedWith(ExitCode.USAGE, expected);
    }

    @Test
    void query_unknownKey_namesLineAndNearestKey() throws Exception {
        String config = file("c.json", CONFIG.replaceFirst("warehouse_id", "warehose_id"));

        CliRun.of("query", "-c", config, "-t", "acme", "SELECT 1")
                .failedWith(ExitCode.USAGE, "c.json line 2", "did you mean 'warehouse_id'?");
    }

    @Test
    void query_unknownTenant_isNotFound() throws Exception {
        String config = file("c.json", CONFIG);

        CliRun.of("query", "-c", config, "-t", "globx", "SELECT 1")
                .failedWith(ExitCode.NOT_FOUND, "there is no tenant 'globx'; did you mean 'globex'?");
        CliRun.of("query", "-c", config, "SELECT 1")
                .failedWith(ExitCode.USAGE, "which tenant? give --tenant with one of: acme, globex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://dbc.example.com/sql | carries a path",
                "http://dbc.example.com | plain http is accepted for localhost and 127.0.0.1 only",
                "https://user:hunter2@dbc.example.com | must not carry a user or password",
                "https://exa mple | is not a URL",
            })
    void query_malformedHost_saysWhatIsExpected(String host, String expected) throws Exception {
        String token = file("token.txt", "dapi-very-secret");

        CliRun run = CliRun.of("query", "--host", host, "--warehouse", "w1", "--token-file", token, "SELECT 1")
                .failedWith(ExitCode.USAGE, expected);

        assertThat(run.err()).doesNotContain("hunter2", "dapi-very-secret");
    }

    @Test
    void query_credentialsMissing_saysWhichOptionsThereAre() throws Exception {
        String[] base = {"query", "--host", "https://h.example.com", "--warehouse", "w1"};
        CliRun.of(with(base, "SELECT 1")).failedWith(ExitCode.USAGE, "how to sign in? give --client-id");
        CliRun.of(with(base, "--token-env", "LAKEPORT_TEST_NOT_SET", "SELECT 1"))
                .failedWith(ExitCode.USAGE, "'LAKEPORT_TEST_NOT_SET' is not set");
        CliRun.of(with(base, "--token-file", folder.resolve("none").toString(), "SELECT 1"))
                .failedWith(ExitCode.USAGE, "none does not exist");
    }

    private static String[] with(String[] base, String... more) {
        return java.util.stream.Stream.of(base, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    @Test
    void query_unknownEngineOrMethod_listsThoseThereAre() throws Exception {
        String engine =
                file("e.json", CONFIG.replaceFirst("\"warehouse_id\"", "\"engine\": \"see\", \"warehouse_id\""));
        String method = file("m.json", CONFIG.replaceFirst("\"pat\"", "\"path\""));

        CliRun.of("query", "-c", engine, "-t", "acme", "SELECT 1")
                .failedWith(ExitCode.USAGE, "there is no warehouse engine 'see'; did you mean 'sea'?", "there is: ");
        CliRun.of("query", "-c", method, "-t", "acme", "SELECT 1")
                .failedWith(ExitCode.USAGE, "there is no auth method 'path'; did you mean 'pat'?");
    }

    @Test
    void query_hostThatCannotBeReached_isUnavailableAndShowsNoSecret() throws Exception {
        CliRun run = CliRun.of("query", "-c", file("c.json", CONFIG), "-t", "acme", "--timeout", "1s", "SELECT 1")
                .failedWith(ExitCode.UNAVAILABLE, "127.0.0.1:9");

        assertThat(run.err()).doesNotContain("dapi-very-secret");
    }

    @Test
    void query_stacktrace_isShownWhenAsked() throws Exception {
        CliRun run = CliRun.of("query", "-c", file("c.json", CONFIG), "-t", "nope", "--stacktrace", "SELECT 1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("\tat io.lakeport.app.");
    }

    @Test
    @Tag("BI-27")
    void config_checkShowAndSchema_neverShowASecret() throws Exception {
        String config = file("c.json", CONFIG);

        assertThat(CliRun.of("config", "check", config).succeeded().out()).contains("good; 2 tenant(s)");
        assertThat(CliRun.of("config", "show", config).succeeded().out())
                .contains("[redacted]", "\"max_attempts\" : 5")
                .doesNotContain("dapi-very-secret");
        assertThat(CliRun.of("config", "schema").succeeded().out()).contains("lakeport.schema.json");
        assertThat(CliRun.of("config", "schema", "--birdie").succeeded().out()).contains("birdie.schema.json");
        CliRun.of("config", "check", folder.resolve("none.json").toString())
                .failedWith(ExitCode.USAGE, "does not exist");
    }

    @Test
    void plugins_directoryWithADamagedJar_listsItAndFails() throws Exception {
        Path plugin = Files.createDirectories(folder.resolve("plugins/broken"));
        Files.writeString(plugin.resolve("broken.jar"), "not a jar");

        CliRun run = CliRun.of("plugins", "--plugins", folder.resolve("plugins").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.INTERNAL);
        assertThat(run.out()).contains("oauth-m2m", "quarantined", "broken.jar", "copy it again");
    }
}
