package io.lakeport.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.Reaper.Fate;
import io.lakeport.core.query.Reaper.Reaped;
import io.lakeport.core.query.RunningStatement;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements of processes that were killed. */
class ReaperTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Providers providers;
    private static WorkspaceSimulator workspace;

    @BeforeAll
    static void start() {
        providers = PluginHost.find(List.of());
        workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(0, Optional.empty(), Map.of()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
        providers.close();
    }

    private static Path config(String name) throws Exception {
        SimulatorConnection c = workspace.connection();
        Files.writeString(folder.resolve("token.txt"), c.token().reveal());
        return Files.writeString(folder.resolve(name + ".json"), """
                {"tenants": {"acme": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "pat", "secrets": {"token": "${file:token.txt}"}}}},
                 "ledger": {"directory": "%s"}}
                """.formatted(
                        c.httpUrl(), c.warehouseId(), c.catalog(), c.schema(), name));
    }

    private static Process child(Path config, Purpose purpose) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledHost.class.getName(),
                        config.toString(),
                        purpose.name())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    /** Waits until the workspace runs a statement, and returns its id. */
    private static String running() throws Exception {
        Optional<String> id = Optional.empty();
        while (id.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
            id = statements("RUNNING").stream().findFirst();
        }
        return id.get();
    }

    private static List<String> statements(String status) throws Exception {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(workspace.connection().httpUrl() + "/api/2.0/sql/history/queries")
                        .toURL()
                        .openConnection();
        request.setRequestProperty(
                "Authorization", "Bearer " + workspace.connection().token().reveal());
        String answer = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> ids = new ArrayList<>();
        Matcher entry = Pattern.compile("\"query_id\":\"(?<id>[^\"]*)\",\"status\":\"(?<status>[A-Z]*)\"")
                .matcher(answer);
        while (entry.find()) {
            if (entry.group("status").equals(status)) {
                ids.add(entry.group("id"));
            }
        }
        return ids;
    }

    @Test
    @Timeout(90)
    void reap_hostWasKilled_endsItsStatementAndForgetsIt() throws Exception {
        Path config = config("killed");
        Process host = child(config, Purpose.ANALYTICS);
        String id = running();
        try (Lakeport lakeport =
                Lakeport.builder().config(ConfigFile.load(config)).build()) {
            assertThat(lakeport.reap(SOON)).as("its process still lives").isEmpty();

            host.destroyForcibly().waitFor();

            List<Reaped> reaped = lakeport.reap(SOON);
            assertThat(reaped).singleElement().satisfies(one -> {
                assertThat(one.fate()).isEqualTo(Fate.ENDED);
                assertThat(one.id())
                        .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(id));
                assertThat(one.statement().purpose()).isEqualTo(Purpose.ANALYTICS);
            });
            assertThat(statements("CANCELED")).contains(id);
            assertThat(lakeport.reap(SOON)).as("once").isEmpty();
        }
        assertThat(files("killed")).isEmpty();
    }

    @Test
    @Timeout(90)
    void reap_exportWasKilled_leavesItsStatementForAWhile() throws Exception {
        Path config = config("export");
        Process host = child(config, Purpose.EXPORT);
        String id = running();
        String notes = Files.readString(files("export").get(0));
        host.destroyForcibly().waitFor();
        try (Lakeport lakeport =
                Lakeport.builder().config(ConfigFile.load(config)).build()) {
            assertThat(notes).as("no SQL is kept").contains("EXPORT").doesNotContainIgnoringCase("select");
            assertThat(lakeport.reap(SOON)).extracting(Reaped::fate).containsExactly(Fate.LEFT_FOR_RESUME);
            assertThat(statements("RUNNING")).contains(id);

            assertThat(lakeport.reap(Duration.ZERO, SOON))
                    .extracting(Reaped::fate)
                    .containsExactly(Fate.ENDED);
            assertThat(statements("CANCELED")).contains(id);
        }
    }

    @Test
    void file_beganEndedAndCutOff_tellsWhatMayRun() throws Exception {
        Path directory = folder.resolve("unit");
        Owner dead = new Owner(Owner.self().host(), 4_000_000, 1);
        RunningStatement one = statement("a".repeat(32));
        RunningStatement two = statement("b".repeat(32));
        try (FileRunningStatements writer = new FileRunningStatements(directory, dead);
                FileRunningStatements other = new FileRunningStatements(directory)) {
            writer.begin(one);
            writer.begin(two);
            writer.end(one.tag());
            other.begin(statement("c".repeat(32)));
            Path file = files("unit").stream()
                    .filter(path -> path.toString().contains("_4000000_"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(file, "begin dddd", java.nio.file.StandardOpenOption.APPEND);

            List<RunningStatement> orphans = new ArrayList<>();
            other.orphans(orphan -> !orphans.add(orphan));
            assertThat(orphans).as("kept, because not settled").containsExactly(two);
            other.orphans(orphan -> true);
            assertThat(files("unit")).as("that of the living only").hasSize(1);
            other.end("c".repeat(32));
            assertThat(files("unit")).isEmpty();
        }
    }

    private static RunningStatement statement(String tag) {
        return new RunningStatement(
                tag, TenantId.of("acme"), WarehouseId.of("0123456789abcdef"), Purpose.ANALYTICS, Instant.EPOCH);
    }

    private static List<Path> files(String ledger) throws Exception {
        Path directory = ledger.equals("unit")
                ? folder.resolve(ledger)
                : folder.resolve(ledger).resolve("running");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".running")).toList();
        }
    }
}
