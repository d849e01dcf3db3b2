package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.proof.SourceCheck;
import io.lakeport.core.export.proof.SourceCheck.Outcome;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.time.Deadline;
import io.lakeport.testwatch.ExpectWarnings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse writes into a volume, and what it wrote is proved. */
class UnloadTest {
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

    private static ExportRequest unload(String name) {
        return ExportRequest.builder(ExportWorld.orders(), volume(name))
                .engine(EngineChoice.UNLOAD)
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

    private static String files(ExportManifest manifest) {
        String key = manifest.files().get(0).object().key().value();
        return key.substring(0, key.lastIndexOf('/'));
    }

    @Test
    @Tag("DK-39")
    void unload_table_hasEveryRowInFilesThatTheManifestProves() {
        ExportManifest manifest = export(unload("whole"));

        assertThat(manifest.origin().engine()).isEqualTo("unload");
        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(manifest.origin().snapshotVersion()).isPresent();
        assertThat(manifest.columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("id BIGINT", "name STRING", "part BIGINT", "updated_at TIMESTAMP");
        assertThat(world.tenant().exports().proveBesideSource(volume("whole"), Deadline.after(TIME)))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.problems()).isEmpty();
                    assertThat(check.counted()).isTrue();
                    assertThat(check.source())
                            .contains(new SourceCheck(Outcome.EQUAL, Outcome.EQUAL, Optional.empty()));
                });
        String written = "parquet.`/Volumes/main/default/exports/whole/" + files(manifest) + "`";
        assertThat(number("SELECT count(*) FROM " + written)).isEqualTo(ExportWorld.ROWS);
        assertThat(number("SELECT count(*) FROM (SELECT * FROM orders EXCEPT ALL SELECT * FROM " + written + ")"))
                .isZero();
    }

    @Test
    void unload_windowAndColumns_holdNoOtherRows() {
        ExportRequest request = unload("window").toBuilder()
                .columns(List.of("id", "updated_at"))
                .build();

        ExportManifest manifest = export(request.incremental("id"));
        long below = Long.parseLong(manifest.window().orElseThrow().high());
        assertThat(manifest.rows()).isEqualTo(below).isBetween(ExportWorld.ROWS - 1, ExportWorld.ROWS);
        assertThat(manifest.columns()).extracting("name").containsExactly("id", "updated_at");
        assertThat(world.tenant().export(request.incremental("id"))).isEmpty();
    }

    @Test
    @ExpectWarnings("kept to go on with")
    void resume_afterTheFilesWereThereButNotRead_runsNoSecondStatement() {
        world.faults().plan("""
                {"match":{"method":"GET","path":"/api/2.0/fs/files/**/*.parquet"},"times":0,
                 "effect":{"kind":"answer","status":503}}
                """);
        assertThatThrownBy(() -> export(unload("resumed")))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.context()).containsEntry("resumable", "true"));
        world.faults().clear();
        assertThat(world.tenant().exports().unfinished(volume("resumed"))).hasSize(1);

        ExportManifest manifest = world.tenant().resume(volume("resumed"), TIME, progress -> {});

        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(files(manifest)).endsWith("/01");
        assertThat(world.tenant().exports().unfinished(volume("resumed"))).isEmpty();
    }

    private static void warehouseMayNotWrite() {
        world.faults().plan("""
                {"match":{"statement":"INSERT OVERWRITE DIRECTORY"},"times":0,
                 "effect":{"kind":"fail","error_code":"BAD_REQUEST","sql_state":"42501",
                   "message":"[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have WRITE FILES on External Location 'lake'. SQLSTATE: 42501"}}
                """);
    }

    @Test
    @Tag("DK-40")
    @ExpectWarnings("engine stream takes over from unload")
    void automatic_warehouseMayNotWrite_streamTakesOverAndSaysWhy() {
        warehouseMayNotWrite();
        ExportService unloading = world.tenant()
                .exports()
                .withEngines(new EngineRoster(EngineRoster.standard().allowed(), 1, Optional.empty()));
        List<String> notes = new ArrayList<>();

        ExportManifest manifest = unloading
                .run(
                        ExportRequest.full(ExportWorld.orders(), volume("fallback")),
                        Deadline.after(TIME),
                        progress -> progress.note().ifPresent(notes::add))
                .orElseThrow();

        assertThat(notes)
                .singleElement()
                .asString()
                .contains("WRITE FILES on external location `lake` is missing", "GRANT WRITE FILES");
        assertThat(manifest.origin().engine()).isEqualTo("stream");
        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(world.tenant().verify(volume("fallback")).problems()).isEmpty();
        assertThat(world.tenant().exports().unfinished(volume("fallback"))).isEmpty();
        assertThat(world.tenant()
                        .collectGarbage(volume("fallback"), Duration.ZERO)
                        .files())
                .isZero();
    }

    @Test
    @Tag("DK-40")
    void unload_warehouseMayNotWrite_namesTheGrantAndLeavesNothing() {
        warehouseMayNotWrite();

        assertThatThrownBy(() -> export(unload("refused")))
                .hasMessageContaining("GRANT WRITE FILES ON EXTERNAL LOCATION `lake` TO `")
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.TARGET_NOT_WRITABLE)).isTrue());
        assertThat(world.tenant().exports().unfinished(volume("refused"))).isEmpty();
        assertThat(world.tenant().exports().list(volume("refused"))).isEmpty();
    }

    @Test
    @Tag("DK-40")
    void preview_largeTableByPolicy_asksTheWorkspaceAndSaysWhyNot() {
        ExportService exports = world.tenant().exports();
        ExportRequest auto = ExportRequest.full(ExportWorld.orders(), volume("plan"));

        assertThat(exports.preview(auto, Deadline.after(TIME))
                        .choice()
                        .orElseThrow()
                        .lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("stream: about ")
                .contains("MiB");
        ExportService small = exports.withEngines(new EngineRoster(
                EngineRoster.standard().allowed(), 1, EngineRoster.standard().job()));
        assertThat(small.preview(auto, Deadline.after(TIME))
                        .choice()
                        .orElseThrow()
                        .engine())
                .isEqualTo(EngineChoice.UNLOAD);
        ExportRequest elsewhere =
                ExportRequest.full(ExportWorld.orders(), URI.create("volume:///Volumes/main/default/missing/x/"));
        assertThatThrownBy(() -> small.preview(
                        elsewhere.toBuilder().engine(EngineChoice.UNLOAD).build(), Deadline.after(TIME)))
                .hasMessageContaining("the workspace refuses the target")
                .hasMessageContaining("missing");
    }
}
