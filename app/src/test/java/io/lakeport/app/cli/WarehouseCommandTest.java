package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant's warehouses from the command line, against the local workspace. */
class WarehouseCommandTest {
    private static final String DAY = """
            {"zone": "UTC", "otherwise": "stopped", "windows": [{"days": "mon-sun", "from": "00:00", "to": "00:00",
              "capacity": {"min_clusters": 1, "max_clusters": 3, "auto_stop": "45m", "warm": true}}]}""";

    @TempDir
    static Path folder;

    private static CliWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        workspace = new CliWorkspace(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Test
    @Tag("AK-31")
    @Tag("AK-32")
    @Tag("AK-33")
    void keep_dayThenNight_scalesAndStops_andAStartRunsItAgain() throws IOException {
        Path day = Files.writeString(folder.resolve("day.json"), DAY);
        Path night = Files.writeString(
                folder.resolve("night.json"), "{\"zone\": \"Europe/Berlin\", \"otherwise\": \"stopped\"}");

        String planned = keep(day, "--dry-run");
        String done = keep(day);
        String again = keep(day);
        String stopped = keep(night);
        String shown = workspace.lakeport("warehouse", "list").succeeded().out();
        CliRun started = workspace.lakeport("warehouse", "start").succeeded();

        assertThat(planned).contains("would max_clusters 1 -> 3").contains("auto_stop 10m -> 45m");
        assertThat(done).contains("did max_clusters 1 -> 3");
        assertThat(again).contains("nothing to do");
        assertThat(stopped).contains("wanted: stopped").contains("did stop");
        assertThat(shown)
                .contains("SERVERLESS")
                .contains("1..3")
                .contains("45m")
                .containsPattern("STOPPED|STOPPING");
        assertThat(started.out()).contains("is RUNNING");
    }

    private static String keep(Path schedule, String... more) {
        String[] command = {"warehouse", "keep", "--schedule", schedule.toString()};
        return workspace
                .lakeport(Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new))
                .succeeded()
                .out();
    }

    @Test
    void keep_scheduleThatCannotBe_namesPlaceAndRemedy() throws IOException {
        refused("{\"zone\": \"Mars\", \"otherwise\": \"stopped\"}", "/zone", "'Mars' is not a time zone");
        refused(
                "{\"zone\": \"UTC\", \"otherwise\": {\"min_clusters\": 0, \"auto_stop\": \"10m\"}}",
                "/otherwise",
                "stopped");
        refused(
                "{\"zone\": \"UTC\", \"otherwise\": \"stopped\", \"windows\": [{\"days\": \"mon-fry\", \"from\": \"07:00\","
                        + " \"to\": \"19:00\", \"capacity\": \"stopped\"}]}",
                "/windows/0/days",
                "'fry'");
        refused("{\"zone\": \"UTC\", \"otherwize\": \"stopped\"}", "did you mean 'otherwise'");
    }

    private static void refused(String schedule, String... parts) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), schedule);
        workspace.lakeport("warehouse", "keep", "--schedule", file.toString()).failedWith(ExitCode.USAGE, parts);
    }

    @Test
    @Tag("AK-13")
    void stop_warehouseOfSomebodyElse_isRefusedBeforeAnythingIsSent() {
        workspace
                .lakeport("warehouse", "stop", "ffffffffffffffff")
                .failedWith(ExitCode.PERMISSION, "tenant 'acme' has no warehouse 'ffffffffffffffff'");
    }
}
