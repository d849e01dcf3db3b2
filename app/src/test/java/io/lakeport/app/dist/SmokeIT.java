package io.lakeport.app.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped jars as real processes, on the class path and on the module path, on every JDK there is: only this shows
 * a missing {@code requires}, {@code opens} or {@code provides}.
 */
class SmokeIT {
    @TempDir
    static Path folder;

    private static Process workspace;
    private static String connection;

    static Stream<List<String>> launches() throws IOException {
        List<List<String>> launches = new ArrayList<>();
        for (Path java : Distribution.javas()) {
            launches.add(Distribution.onModulePath(java));
            launches.add(Distribution.onClassPath(java));
        }
        return launches.stream();
    }

    @BeforeAll
    static void startWorkspace() throws Exception {
        Path csv = Files.writeString(folder.resolve("orders.csv"), "id,country\n1,de\n2,fr\n");
        List<String> command =
                new ArrayList<>(Distribution.onModulePath(Distribution.javas().get(0)));
        command.addAll(List.of("workspace", "start", "--json", "--load", "orders=" + csv));
        workspace = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        connection = new BufferedReader(new InputStreamReader(workspace.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        assertThat(connection).as("the line of 'workspace start --json'").isNotNull();
        Files.writeString(folder.resolve("secret.txt"), member("clientSecret"));
    }

    @AfterAll
    static void stopWorkspace() throws Exception {
        List<ProcessHandle> children = workspace.descendants().toList();
        workspace.destroy();
        assertThat(workspace.waitFor(30, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static String member(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(connection);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    private static String[] args(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(
                command,
                "--host",
                member("httpUrl"),
                "--warehouse",
                member("warehouseId"),
                "--client-id",
                member("clientId"),
                "--client-secret-file",
                folder.resolve("secret.txt").toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("launches")
    void plugins_findsEveryProvider(List<String> launch) throws Exception {
        Distribution.Run run = Distribution.run(launch, "plugins");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("oauth-m2m", "pat", "caffeine", "sea", "databricks-sdk", "file", "parquet", "jsonl", "local")
                .doesNotContain("quarantined");
    }

    @ParameterizedTest
    @MethodSource("launches")
    void queryDoctorAndExport_work(List<String> launch) throws Exception {
        Distribution.Run query =
                Distribution.run(launch, args("query", "-f", "csv", "SELECT * FROM orders ORDER BY id"));
        assertThat(query.out()).as(query.err()).isEqualTo("id,country\n1,de\n2,fr\n");

        Distribution.Run doctor = Distribution.run(launch, args("doctor"));
        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();

        Path target = Files.createTempDirectory(folder, "export");
        Distribution.Run export = Distribution.run(launch, args("export", "orders", "--to", target.toString()));
        assertThat(export.exitCode()).as(export.out() + export.err()).isZero();
        assertThat(target.resolve("_SUCCESS")).exists();
    }

    @ParameterizedTest
    @MethodSource("launches")
    void run_connectorOfAPluginDirectory_countsRows(List<String> launch) throws Exception {
        Path plugins = Files.createTempDirectory(folder, "plugins");
        Path jar = Distribution.sampleConnector();
        Files.copy(jar, Files.createDirectory(plugins.resolve("sample")).resolve(jar.getFileName()));

        Distribution.Run run = Distribution.run(
                launch, args("run", "--plugins", plugins.toString(), "row-count", "-a", "table=main.default.orders"));

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("2 rows");
    }

    @Test
    void workspaceStart_json_hasTheKeysThatScriptsRead() {
        for (String key : List.of(
                "host",
                "port",
                "httpUrl",
                "httpsUrl",
                "proxyPort",
                "clientId",
                "clientSecret",
                "token",
                "warehouseId",
                "httpPath",
                "jdbcUrlSea",
                "jdbcUrlThrift",
                "catalog",
                "schema")) {
            assertThat(member(key)).as(key).isNotEmpty();
        }
    }
}
