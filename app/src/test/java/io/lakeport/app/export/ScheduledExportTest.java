package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.cli.Cli;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.schedule.CollectedRun;
import io.lakeport.core.export.schedule.ExportSchedules;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workspace exports by its own clock, and a host publishes what ended well. */
class ScheduledExportTest {
    private static final Duration TIME = Duration.ofMinutes(2);
    private static final JobSchedule OFTEN = new JobSchedule("0/3 * * * * ?", ZoneOffset.UTC, false);
    private static final JobSchedule NIGHTLY = new JobSchedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"), false);

    @TempDir
    static Path folder;

    private static ExportWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new ExportWorld(folder);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void noFaultStays() {
        world.faults().clear();
    }

    private static URI volume(String name) {
        return URI.create("volume:///Volumes/main/default/exports/" + name + "/");
    }

    private static ExportRequest request(String table, String name) {
        return ExportRequest.builder(TableName.parse(table), volume(name))
                .mode(ExportMode.OVERWRITE)
                .build();
    }

    private static ExportSchedules schedules() {
        return world.tenant().schedules();
    }

    private static Deadline soon() {
        return Deadline.after(TIME);
    }

    private static List<CollectedRun> collect(String name) {
        return schedules().collect(volume(name), soon(), progress -> {});
    }

    private static String text(String sql) {
        try (RowCursor rows = world.tenant().query(sql).rows()) {
            return rows.next() ? String.valueOf(rows.getString(0)) : "";
        }
    }

    private static long ended(long job) {
        return Long.parseLong(text("SELECT CAST(count(DISTINCT run_id) AS STRING) FROM system.lakeflow.job_run_timeline"
                + " WHERE job_id = '" + job + "' AND result_state IS NOT NULL"));
    }

    private static void await(long job, long runs) throws InterruptedException {
        for (int i = 0; i < 600 && ended(job) < runs; i++) {
            Thread.sleep(100);
        }
        assertThat(ended(job)).isGreaterThanOrEqualTo(runs);
    }

    @Test
    @Tag("AA-22")
    void schedule_workspaceRunsByItself_collectPublishesEachRunOnceAndInOrder() throws Exception {
        world.run("CREATE TABLE ticking AS SELECT id FROM range(10)");
        Deployment deployed = schedules().deploy(request("ticking", "ticking"), OFTEN, soon());
        assertThat(deployed.created()).isTrue();
        await(deployed.job().id(), 1);
        world.run("INSERT INTO ticking SELECT id FROM range(5)");
        await(deployed.job().id(), 3);
        assertThat(schedules()
                        .pause(volume("ticking"), true, soon())
                        .schedule()
                        .orElseThrow()
                        .paused())
                .isTrue();
        assertThat(world.tenant().exports().list(volume("ticking"))).isEmpty();

        List<CollectedRun> collected = new ArrayList<>(collect("ticking"));
        while (collected.stream().anyMatch(run -> !run.run().state().isEnd())) {
            collected.removeIf(run -> !run.run().state().isEnd());
            Thread.sleep(100);
            collected.addAll(collect("ticking"));
        }

        List<ExportManifest> published = world.tenant().exports().list(volume("ticking"));
        assertThat(published).hasSameSizeAs(collected).hasSizeGreaterThanOrEqualTo(3);
        assertThat(published)
                .extracting(ExportManifest::rows)
                .startsWith(10L)
                .endsWith(15L)
                .isSorted();
        assertThat(published)
                .extracting(run -> run.origin().snapshotVersion().orElseThrow())
                .isSorted();
        assertThat(published).extracting(ExportManifest::runId).doesNotHaveDuplicates();
        assertThat(published)
                .extracting(run -> run.origin().statementIds().get(0))
                .containsExactlyElementsOf(collected.stream()
                        .map(run ->
                                "job/" + run.run().jobId() + "/run/" + run.run().id())
                        .toList());
        assertThat(collect("ticking")).isEmpty();
        assertThat(world.tenant().exports().proveBesideSource(volume("ticking"), soon()))
                .allSatisfy(check -> assertThat(check.problems()).isEmpty());
        assertThat(text("SELECT DISTINCT trigger_type FROM system.lakeflow.job_run_timeline WHERE job_id = '"
                        + deployed.job().id() + "'"))
                .isEqualTo("CRON");
        schedules().remove(volume("ticking"), soon());
        assertThat(schedules().list(soon()))
                .noneMatch(job -> job.id() == deployed.job().id());
    }

    @Test
    void collect_runThatFailed_isSaidAndNeverPublished() throws Exception {
        world.run("CREATE TABLE failing AS SELECT id FROM range(10)");
        world.faults().plan("""
                {"match":{"statement":"INSERT OVERWRITE DIRECTORY.*/failing/"},"times":1,"effect":{"kind":"fail",
                 "message":"[INSUFFICIENT_PERMISSIONS] User does not have WRITE FILES","sql_state":"42501"}}
                """);
        Deployment deployed = schedules().deploy(request("failing", "failing"), OFTEN, soon());
        await(deployed.job().id(), 1);
        schedules().pause(volume("failing"), true, soon());
        String said = run(7, "export", "collect", volume("failing").toString());
        assertThat(said.lines().findFirst().orElseThrow())
                .contains(", failed: not published, because run ")
                .contains(" of job " + deployed.job().id() + ", task write failed")
                .contains("WRITE FILES on the external location");
        String failed = said.replaceFirst("(?s)job run (\\d+) .*", "$1");
        assertThat(failed).matches("\\d+");
        assertThat(world.tenant().exports().list(volume("failing")))
                .noneMatch(run -> run.origin().statementIds().get(0).endsWith("/" + failed));
    }

    @Test
    void deploy_sameTwiceThenOtherColumnsAndTime_changesNothingThenSaysWhat() {
        world.run("CREATE TABLE wide AS SELECT id, id AS b FROM range(10)");
        Deployment first = schedules().deploy(request("wide", "wide"), NIGHTLY, soon());
        Deployment again = schedules().deploy(request("wide", "wide"), NIGHTLY, soon());
        assertThat(first.created()).isTrue();
        assertThat(again.isUnchanged()).as(again.changes().toString()).isTrue();
        ExportRequest narrow =
                request("wide", "wide").toBuilder().columns(List.of("b")).build();
        JobSchedule later = new JobSchedule("0 45 2 * * ?", ZoneId.of("Europe/Berlin"), false);
        Deployment changed = schedules().deploy(narrow, later, soon());
        assertThat(changed.job().id()).isEqualTo(first.job().id());
        assertThat(changed.changes())
                .anyMatch(line -> line.matches("task write file: \\S+/write-\\w+\\.sql -> \\S+/write-\\w+\\.sql"))
                .anyMatch(line ->
                        line.equals("schedule: '0 30 2 * * ?' in Europe/Berlin -> '0 45 2 * * ?' in Europe/Berlin"))
                .hasSize(2);
        assertThatThrownBy(() -> schedules().deploy(narrow.incremental("id"), later, soon()))
                .hasMessageContaining("where the next window begins");
        assertThatThrownBy(() -> schedules()
                        .deploy(
                                ExportRequest.builder(TableName.parse("wide"), world.files())
                                        .mode(ExportMode.OVERWRITE)
                                        .build(),
                                later,
                                soon()))
                .hasMessageContaining("a place that only this host reaches");
    }

    @Test
    @Tag("AA-22")
    void commands_scheduleListPauseCollectRemove_sayWhatTheyDid() {
        world.run("CREATE TABLE told AS SELECT id FROM range(10)");
        String target = volume("told").toString();
        String[] schedule = {"export", "schedule", "told", "--to", target, "--cron", "0 0 4 1 1 ?"};
        assertThat(run(schedule)).contains("'0 0 4 1 1 ?' in UTC: created");
        assertThat(run(schedule)).contains("stands as it was");
        assertThat(run("export", "schedules")).contains("export of main.default.told for acme");
        assertThat(run("export", "schedules", "--pause", target)).contains("paused");
        assertThat(run("export", "collect", target)).isEmpty();
        assertThat(run("export", "schedules", "--remove", target)).contains("removed");
        assertThat(run("export", "schedules", "--json")).doesNotContain("told");
    }

    private static String run(String... words) {
        return run(0, words);
    }

    private static String run(int expected, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-c", folder.resolve("lakeport.json").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return out.toString(StandardCharsets.UTF_8);
    }
}
