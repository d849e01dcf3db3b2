package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.TenantClient;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.proof.RunCheck;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.run.Garbage;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
    @Tag("AA-23")
    void unload_table_hasEveryRowInFilesThatTheManifestProves() {
        ExportManifest manifest = export(unload("whole"));

        assertThat(manifest.origin().engine()).isEqualTo("unload");
        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(manifest.origin().snapshotVersion()).isPresent();
        assertThat(manifest.columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("id BIGINT", "name STRING", "part BIGINT", "updated_at TIMESTAMP");
        assertThat(world.tenant().exports().prove(volume("whole"))).allMatch(RunCheck::isProven);
        String written = "parquet.`/Volumes/main/default/exports/whole/" + files(manifest) + "`";
        assertThat(number("SELECT count(*) FROM " + written)).isEqualTo(ExportWorld.ROWS);
        assertThat(number("SELECT count(*) FROM (SELECT * FROM orders EXCEPT ALL SELECT * FROM " + written + ")"))
                .isZero();
    }

    @Test
    @Tag("AA-22")
    void unload_windowAndColumns_holdNoOtherRows() {
        ExportRequest request = unload("window").toBuilder()
                .columns(List.of("id", "updated_at"))
                .build();

        ExportManifest manifest = export(request.incremental("id"));
        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(manifest.window()).isPresent();
        assertThat(manifest.columns()).extracting("name").containsExactly("id", "updated_at");
        assertThat(world.tenant().export(request.incremental("id"))).isEmpty();
    }

    @Test
    @Tag("AA-27")
    void resume_afterTheFilesWereThereButNotRead_waitsForNoSecondStatement() {
        long before = statements();
        world.faults().plan("""
                {"match":{"method":"GET","path":"/api/2.0/fs/files/**","headers":{}},"times":0,
                 "after":0,"effect":{"kind":"answer","status":503}}
                """);
        assertThatThrownBy(() -> export(unload("resumed")))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.context()).containsEntry("resumable", "true"));
        world.faults().clear();
        assertThat(world.tenant().exports().unfinished(volume("resumed"))).hasSize(1);

        ExportManifest manifest = world.tenant().resume(volume("resumed"), TIME, progress -> {});

        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(files(manifest)).endsWith("/01");
        assertThat(statements() - before).isEqualTo(1);
        assertThat(world.tenant().exports().unfinished(volume("resumed"))).isEmpty();
    }

    @Test
    void resume_afterTheStatementFailed_writesAnotherFolderAndLeavesNothingElse() {
        world.faults().plan("""
                {"match":{"statement":"INSERT OVERWRITE DIRECTORY"},"times":1,
                 "effect":{"kind":"answer","status":503}}
                """);
        ExportRequest request = unload("failed");
        ExportManifest manifest;
        try {
            manifest = export(request);
        } catch (LakeportException e) {
            manifest = world.tenant().resume(volume("failed"), TIME, progress -> {});
        }

        assertThat(manifest.rows()).isEqualTo(ExportWorld.ROWS);
        Garbage.Removed removed = world.tenant().exports().collectGarbage(volume("failed"), Duration.ZERO);
        assertThat(removed.files()).isZero();
        assertThat(world.tenant().exports().prove(volume("failed"))).allMatch(RunCheck::isProven);
    }

    /** Counts what the ledger of this host knows, so that a statement that ran twice would show. */
    private static long statements() {
        TenantClient tenant = world.tenant();
        return tenant.ledger(10_000).stream()
                .filter(entry ->
                        Objects.requireNonNull(entry.fingerprint().value()).contains("insert overwrite"))
                .count();
    }

    @Test
    @Tag("DK-39")
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
                .hasMessageContaining("missing");
    }
}
