package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.proof.SourceCheck;
import io.lakeport.core.export.proof.SourceCheck.Outcome;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import io.lakeport.testwatch.ExpectWarnings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job of the workspace writes into a volume, and what it wrote is proved. */
class JobExportTest {
    private static final Duration TIME = Duration.ofMinutes(2);

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

    private static ExportRequest job(String name) {
        return ExportRequest.builder(ExportWorld.orders(), volume(name))
                .engine(EngineChoice.JOB)
                .build();
    }

    private static ExportManifest export(ExportRequest request) {
        return world.tenant().export(request, TIME, progress -> {}).orElseThrow();
    }

    private static long number(String sql) {
        try (RowCursor rows = world.tenant().query(sql).rows()) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(0);
        }
    }

    private static long runs(String name) {
        return number(
                "SELECT count(DISTINCT r.run_id) FROM system.lakeflow.job_run_timeline r JOIN system.lakeflow.jobs j"
                        + " ON r.job_id = j.job_id WHERE j.description LIKE '%/" + name + "/,%'");
    }

    private static String files(ExportManifest manifest) {
        String key = manifest.files().get(0).object().key().value();
        return key.substring(0, key.lastIndexOf('/'));
    }

    @Test
    @Tag("AA-22")
    void job_table_hasEveryRowInFilesThatTheManifestProves() {
        ExportManifest manifest = export(job("whole"));

        assertThat(manifest.origin().engine()).isEqualTo("job");
        assertThat(manifest.origin().statementIds()).singleElement().asString().matches("job/\\d+/run/\\d+");
        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(world.tenant().exports().proveBesideSource(volume("whole"), Deadline.after(TIME)))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.problems()).isEmpty();
                    assertThat(check.counted()).isTrue();
                    assertThat(check.source())
                            .contains(new SourceCheck(Outcome.EQUAL, Outcome.EQUAL, Optional.empty()));
                });
        String written = "parquet.`/Volumes/main/default/exports/whole/" + files(manifest) + "`";
        assertThat(number("SELECT count(*) FROM (SELECT * FROM orders EXCEPT ALL SELECT * FROM " + written + ")"))
                .isZero();
        assertThat(runs("whole")).isOne();
    }

    @Test
    @Tag("AA-22")
    void job_windowsOfATableThatGrows_eachHoldTheirRowsAtTheirVersion() {
        world.run("CREATE TABLE growing AS SELECT id, concat('it''s \\\\ ', id) AS `a name`,"
                + " timestampadd(SECOND, CAST(id AS INT), TIMESTAMP'2026-01-01 00:00:00') AS at FROM range(50)");
        ExportRequest request = ExportRequest.builder(TableName.parse("growing"), volume("windows"))
                .engine(EngineChoice.JOB)
                .columns(List.of("a name", "at"))
                .build()
                .incremental("at");
        ExportManifest first = export(request);
        world.run("INSERT INTO growing SELECT id, 'later', timestampadd(HOUR, -1, current_timestamp()) FROM range(7)");
        assertThat(first.rows()).isEqualTo(50);
        // The second window begins where the first ended, so that rows stamped before it are not in it.
        world.run("INSERT INTO growing SELECT id, 'new', current_timestamp() FROM range(5)");
        ExportManifest second = export(request);
        assertThat(second.rows()).isEqualTo(5);
        assertThat(second.window().orElseThrow().low())
                .contains(first.window().orElseThrow().high());
        assertThat(second.columns()).extracting("name").containsExactly("a name", "at");
        assertThat(runs("windows")).isEqualTo(2);
    }

    @Test
    @ExpectWarnings("kept to go on with")
    void resume_runNowAnswerLost_startsNoSecondRun() {
        world.faults().plan("""
                {"match":{"method":"POST","path":"/api/2.2/jobs/run-now"},"times":0,
                 "effect":{"kind":"cut","served":true}}
                """);
        assertThatThrownBy(() -> export(job("lost")))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.context()).containsEntry("resumable", "true"));
        world.faults().clear();

        ExportManifest manifest = world.tenant().resume(volume("lost"), TIME, progress -> {});

        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(files(manifest)).endsWith("/01");
        assertThat(runs("lost")).isOne();
    }

    @Test
    void job_sourceThatCannotBeRead_saysJobRunAndTask() {
        world.run("CREATE TABLE breaking AS SELECT id, CAST(id AS STRING) AS text FROM range(10)");
        ExportRequest request = ExportRequest.builder(TableName.parse("breaking"), volume("broken"))
                .engine(EngineChoice.JOB)
                .build();
        world.faults().plan("""
                {"match":{"statement":"INSERT OVERWRITE DIRECTORY"},"times":1,"effect":{"kind":"fail",
                 "message":"[CAST_INVALID_INPUT] the warehouse could not","sql_state":"22018"}}
                """);
        assertThatThrownBy(() -> export(request)).isInstanceOfSatisfying(LakeportException.class, e -> {
            assertThat(e.is(CoreError.STATEMENT_FAILED)).isTrue();
            assertThat(e).hasMessageContaining("task write failed").hasMessageContaining("the warehouse could not");
            assertThat(e.context()).containsKeys("job_id", "job_run_id");
        });
        assertThat(world.tenant().exports().unfinished(volume("broken"))).isEmpty();
    }
}
