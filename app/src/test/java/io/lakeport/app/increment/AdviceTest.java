package io.lakeport.app.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.advice.AdviceFinding;
import io.lakeport.core.export.advice.AdviceFinding.Severity;
import io.lakeport.core.export.advice.AdviceFinding.Topic;
import io.lakeport.core.export.advice.WatermarkAdvice;
import io.lakeport.core.export.request.Increment;
import io.lakeport.testkit.workspace.LocalWorkspace;
import io.lakeport.testkit.workspace.WorkspaceTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the advisor sees in real tables. */
@LocalWorkspace
class AdviceTest {
    @TempDir
    Path folder;

    private static WatermarkAdvice advise(IncrementBench bench, String column) {
        return bench.tenant().advise(bench.table, Optional.of(column), Duration.ofMinutes(1));
    }

    private static AdviceFinding about(WatermarkAdvice advice, Topic topic) {
        return advice.findings().stream()
                .filter(finding -> finding.topic() == topic)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + topic + " in " + advice.findings()));
    }

    @Test
    @Tag("BI-09")
    @Tag("BI-12")
    @Tag("BI-14")
    void advise_eventTimeOfATableThatIsUpdated_warnsAndProposesUpdatedAt(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "tickets")) {
            bench.run("CREATE TABLE $t (id INT, status STRING, posted_at TIMESTAMP)");
            bench.run("INSERT INTO $t SELECT id, 'open', current_timestamp() - INTERVAL 30 DAYS + make_dt_interval(id)"
                    + " FROM range(20)");
            bench.run("INSERT INTO $t VALUES (100, 'open', current_timestamp())");
            bench.run("UPDATE $t SET status = 'closed' WHERE id = 3");

            WatermarkAdvice advice = advise(bench, "posted_at");

            assertThat(about(advice, Topic.NAME).severity()).isEqualTo(Severity.PROBLEM);
            AdviceFinding order = about(advice, Topic.ORDER);
            assertThat(order.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(order.seen()).contains("1 of ").contains("27 days before their commit");
            assertThat(order.fix().orElseThrow())
                    .contains("ALTER TABLE `main`.`default`.`tickets` ADD COLUMN updated_at TIMESTAMP")
                    .contains("current_timestamp()")
                    .contains("delta.enableChangeDataFeed = true");
            assertThat(advice.proposal()).isEmpty();
        }
    }

    @Test
    @Tag("BI-10")
    @Tag("BI-13")
    void advise_loadTimeWithLateRows_proposesTheLookBackThatWasMeasured(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "loads")) {
            bench.run("CREATE TABLE $t (id INT, loaded_at TIMESTAMP)");
            bench.run("INSERT INTO $t VALUES (1, current_timestamp())");
            bench.run("INSERT INTO $t VALUES (2, current_timestamp() - INTERVAL 2 HOURS), (3, current_timestamp())");

            WatermarkAdvice advice = advise(bench, "LOADED_AT");

            AdviceFinding order = about(advice, Topic.ORDER);
            assertThat(order.severity()).isEqualTo(Severity.WARNING);
            assertThat(order.seen()).startsWith("1 of 3 rows");
            Increment proposal = advice.proposal().orElseThrow();
            assertThat(proposal.watermark()).contains("loaded_at");
            assertThat(proposal.lookBack()).isBetween(Duration.ofMinutes(180), Duration.ofMinutes(182));
        }
    }

    @Test
    @Tag("BI-11")
    @Tag("BI-15")
    void advise_tableThatNeverChanged_takesEventTimeAndSaysWhy(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "posts")) {
            bench.run("CREATE TABLE $t (id INT, posted_at TIMESTAMP)");
            bench.run("INSERT INTO $t VALUES (1, current_timestamp())");
            bench.run("INSERT INTO $t VALUES (2, current_timestamp())");

            WatermarkAdvice advice = bench.tenant().advise(bench.table, Optional.empty(), Duration.ofMinutes(1));

            assertThat(advice.column()).contains("posted_at");
            assertThat(about(advice, Topic.NAME).seen()).contains("no row was ever changed");
            assertThat(about(advice, Topic.ORDER).severity()).isEqualTo(Severity.GOOD);
            assertThat(advice.proposal().orElseThrow().appendOnly()).isTrue();
        }
    }

    @Test
    @Tag("BI-09")
    void advise_nullsFutureAndDeletes_areCountedAndFeedIsPreferred(WorkspaceTenant workspace) throws Exception {
        try (IncrementBench bench = new IncrementBench(workspace, folder, "mixed")) {
            bench.run("CREATE TABLE $t (id INT, name STRING, updated_at TIMESTAMP)");
            bench.run("INSERT INTO $t VALUES (1, 'a', NULL), (2, 'b', TIMESTAMP'9999-12-31 00:00:00'),"
                    + " (3, 'c', current_timestamp()), (4, 'd', current_timestamp())");
            bench.run("DELETE FROM $t WHERE id = 4");

            WatermarkAdvice advice = advise(bench, "updated_at");
            assertThat(about(advice, Topic.NULLS).seen()).startsWith("1 row of 3 have NULL");
            assertThat(about(advice, Topic.FUTURE).seen()).startsWith("1 row ");
            assertThat(about(advice, Topic.DELETES).seen()).startsWith("1 row deleted");
            assertThat(advice.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(advice.proposal()).isEmpty();

            assertThat(about(advise(bench, "name"), Topic.TYPE).seen()).isEqualTo("'name' is STRING");
            assertThatThrownBy(() -> advise(bench, "updatedat"))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("did you mean 'updated_at'?");

            bench.run("ALTER TABLE $t SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
            assertThat(advise(bench, "updated_at").proposal()).contains(Increment.byFeed());
        }
    }
}
