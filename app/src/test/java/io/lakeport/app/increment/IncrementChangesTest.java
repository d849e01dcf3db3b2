package io.lakeport.app.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.Column;
import io.lakeport.testkit.workspace.LocalWorkspace;
import io.lakeport.testkit.workspace.WorkspaceTenant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an export when the table changes in other ways than by its rows. */
@LocalWorkspace
class IncrementChangesTest {
    @TempDir
    Path folder;

    @Test
    void export_columnsAddedAndDropped_readersSeeTheNewestColumns(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "columns")) {
            bench.run("CREATE TABLE $t (id INT, old STRING, updated_at TIMESTAMP)"
                    + " TBLPROPERTIES (delta.columnMapping.mode = 'name')");
            bench.run("INSERT INTO $t VALUES (1, 'a', current_timestamp()), (2, 'b', current_timestamp())");
            ExportRequest request = bench.request()
                    .increment(Increment.along("updated_at"))
                    .keys(List.of("id"))
                    .build();
            bench.export(request);

            bench.run("ALTER TABLE $t ADD COLUMN note STRING");
            bench.run("ALTER TABLE $t DROP COLUMN old");
            bench.run("UPDATE $t SET note = 'new', updated_at = current_timestamp() WHERE id = 2");
            ExportManifest second = bench.export(request).orElseThrow();

            assertThat(second.columns().stream().map(Column::name)).containsExactly("id", "updated_at", "note");
            assertThat(bench.exported("SELECT id, note FROM $t ORDER BY id")).containsExactly("1|null", "2|new");

            bench.run("ALTER TABLE $t RENAME COLUMN note TO remark");
            assertThatThrownBy(() -> bench.export(request)).hasMessageContaining("as if it were renamed");
            bench.export(request.toBuilder().mode(ExportMode.OVERWRITE).build());
            bench.run("UPDATE $t SET remark = 'later', updated_at = current_timestamp() WHERE id = 1");
            bench.export(request);
            assertThat(bench.exported("SELECT id, remark FROM $t ORDER BY id")).containsExactly("1|later", "2|new");
        }
    }

    @Test
    void export_feedThatWasOffForATime_isRefusedUntilBegunAgain(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "feed")) {
            bench.run("CREATE TABLE $t (id INT, n INT)");
            ExportRequest request = bench.request()
                    .increment(Increment.byFeed())
                    .keys(List.of("id"))
                    .build();
            assertThatThrownBy(() -> bench.export(request))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.CHANGE_FEED_MISSING)).isTrue())
                    .hasMessageContaining("SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");

            bench.run("ALTER TABLE $t SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
            bench.run("INSERT INTO $t VALUES (1, 1), (2, 2)");
            ExportManifest first = bench.export(request).orElseThrow();
            assertThat(first.origin().feed()).contains(FeedRange.upTo(2));
            assertThat(bench.export(request)).isEmpty();

            bench.run("ALTER TABLE $t SET TBLPROPERTIES (delta.enableChangeDataFeed = false)");
            bench.run("DELETE FROM $t WHERE id = 1");
            bench.run("ALTER TABLE $t SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
            assertThatThrownBy(() -> bench.export(request))
                    .hasMessageContaining("no longer tells the changes of versions 3 to 5")
                    .hasMessageContaining("mode OVERWRITE");

            bench.export(request.toBuilder().mode(ExportMode.OVERWRITE).build());
            bench.run("UPDATE $t SET n = 3 WHERE id = 2");
            bench.export(request);
            assertThat(bench.exported("SELECT id, n FROM $t")).containsExactly("2|3");
        }
    }

    @Test
    @Tag("BI-08")
    void export_rowsOfTheNewestNumberAndDayThatCameLater_areNotMissed(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "ties")) {
            bench.run("CREATE TABLE $t (id INT, batch TINYINT, day DATE)");
            bench.run("INSERT INTO $t VALUES (1, 125, DATE'2026-01-01'), (2, 126, DATE'2026-01-02')");
            ExportRequest byBatch =
                    bench.request().increment(Increment.along("batch")).build();
            bench.export(byBatch);
            assertThat(bench.exported("SELECT id FROM $t ORDER BY id")).containsExactly("1");

            bench.run("INSERT INTO $t VALUES (3, 126, current_date()), (4, 127, current_date())");
            bench.export(byBatch);
            assertThat(bench.exported("SELECT id FROM $t ORDER BY id")).containsExactly("1", "2", "3");
            assertThat(bench.export(byBatch)).isEmpty();

            ExportRequest closed = byBatch.toBuilder()
                    .increment(Increment.along("batch").declaredAppendOnly())
                    .build();
            bench.export(closed);
            assertThat(bench.exported("SELECT id FROM $t ORDER BY id")).containsExactly("1", "2", "3", "4");

            bench.manifests.clear();
            bench.export(bench.request()
                    .increment(Increment.along("day"))
                    .mode(ExportMode.OVERWRITE)
                    .build());
            assertThat(bench.exported("SELECT id FROM $t ORDER BY id")).containsExactly("1", "2");
        }
    }
}
