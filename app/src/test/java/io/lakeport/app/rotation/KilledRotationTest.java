package io.lakeport.app.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.rotation.RotationWorld.Customer;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationReport.Result;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.state.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that die while they rotate, just before or just after one of the changes they make, and another that goes
 * on. Each point in the profile {@code faults}, some of them otherwise.
 */
@Tag("workspace-inside")
class KilledRotationTest {
    private static final int KILLS = Integer.getInteger("lakeport.fault.schedules", 200) / 30;
    private static final int KILLED = 137;
    private static final Path REPORT = Path.of("target", "rotation-kills.txt");

    @TempDir
    Path folder;

    @Test
    @Tag("AK-17")
    void rotate_killedAtAnyChange_endsWithOneSecretThatWorks() throws Exception {
        StringBuilder report = new StringBuilder();
        try (RotationWorld world = new RotationWorld(Duration.ofHours(1))) {
            Customer customer = world.customer(folder);
            RotationProcess.End whole = RotationProcess.run(customer.config(), Integer.MAX_VALUE, false);
            assertThat(whole.code()).as(whole.output()).isZero();
            List<String> changes = whole.changes();
            int points = 2 * changes.size();
            int kills = Math.min(points, KILLS);
            for (int i = 0; i < kills; i++) {
                int point = (int) ((2L * i + 1) * points / (2L * kills));
                // All points in turn, or some of them, before and after in turn.
                boolean before = (kills == points ? point : i) % 2 == 0;
                report.append(killed(customer, changes, 1 + point / 2, before));
            }
            report.append(kills).append(" of ").append(points).append(" points\n");
        }
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, report);
    }

    private static String killed(Customer customer, List<String> changes, int step, boolean before) throws Exception {
        List<String> old = customer.ids();
        RotationProcess.End end = RotationProcess.run(customer.config(), step, before);
        String where = (before ? "before " : "after ") + changes.get(step - 1);
        assertThat(end.code()).as(where + ": " + end.output()).isEqualTo(KILLED);
        int left = customer.secrets().size();
        try (Lakeport lakeport = customer.open()) {
            assertThat(lakeport.tenant("acme").signIn(RotationWorld.TIMEOUT))
                    .as("the tenant can sign in after the kill " + where)
                    .isPresent();
            endLeaseOfTheDead(lakeport);
            RotationReport report = customer.rotate(lakeport, RotationWorld.AT_ONCE, RotationRequest.whenDue());
            assertThat(report.result()).as(where).isIn(Result.DONE, Result.NOT_DUE);
            assertThat(customer.ids()).as(where).hasSize(1);
            assertThat(Customer.sealed(lakeport)).as(where).hasSize(1).noneMatch(name -> name.contains("rotation/"));
            String served = customer.ids().equals(old) ? "the old one serves" : "a new one serves";
            try (Lakeport other = customer.open()) {
                assertThat(other.tenant("acme").signIn(RotationWorld.TIMEOUT)).isPresent();
            }
            return where + ": " + left + " at Databricks, then " + report.result() + ", " + served + "\n";
        }
    }

    /** As its time would. */
    private static void endLeaseOfTheDead(Lakeport lakeport) {
        Lease held = lakeport.state()
                .of(RotationWorld.ACME)
                .holder("rotation/" + RotationWorld.NAME)
                .orElse(null);
        if (held != null) {
            boolean unused = lakeport.state().of(RotationWorld.ACME).release(held);
        }
    }
}
