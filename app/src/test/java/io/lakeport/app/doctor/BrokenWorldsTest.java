package io.lakeport.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The doctor in worlds in each of which one thing is broken, and in some where nothing is. */
@Tag("workspace-inside")
class BrokenWorldsTest {
    private static final WorldsTable TABLE = new WorldsTable();

    @TempDir
    static Path folder;

    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() throws IOException {
        workspace.close();
        TABLE.write(Path.of("target", "broken-worlds.txt"));
    }

    @TestFactory
    Stream<DynamicTest> network() {
        return tests(NetworkWorlds.all());
    }

    @TestFactory
    Stream<DynamicTest> identity() {
        return tests(IdentityWorlds.all());
    }

    @TestFactory
    Stream<DynamicTest> warehouse() {
        return tests(WarehouseWorlds.all());
    }

    private static Stream<DynamicTest> tests(List<World> worlds) {
        return worlds.stream().map(world -> DynamicTest.dynamicTest(world.name(), () -> visit(world)));
    }

    private static void visit(World world) throws Exception {
        try (Scene scene = new Scene(workspace, folder)) {
            world.breaks().on(scene);
            DoctorReport report = scene.diagnose();
            if (!world.isBroken()) {
                healthy(world, report);
                TABLE.add(world, report, "-", "yes");
                return;
            }
            Finding failed =
                    report.firstFailure().orElseThrow(() -> new AssertionError("nothing failed\n" + text(report)));
            assertThat(failed.cause().orElseThrow().name()).as(text(report)).isEqualTo(world.cause());
            assertThat(failed.fixes()).as(text(report)).isNotEmpty();
            if (world.fixable()) {
                mend(scene, failed);
                TABLE.add(world, report, "yes", "yes");
            } else {
                TABLE.add(world, report, "by a person", "-");
            }
        }
    }

    private static void healthy(World world, DoctorReport report) {
        assertThat(report.isHealthy()).as(text(report)).isTrue();
        List<String> attention = new ArrayList<>();
        for (Finding finding : report.findings()) {
            if (finding.status() != Status.PASSED) {
                finding.cause().ifPresent(cause -> attention.add("warning " + cause.name()));
            }
        }
        assertThat(attention).as(text(report)).isEqualTo(world.cause().isEmpty() ? List.of() : List.of(world.cause()));
    }

    /** Runs what is printed, and no more; what came to light behind it may need a fix of its own. */
    private static void mend(Scene scene, Finding first) throws Exception {
        Optional<Finding> failed = Optional.of(first);
        for (int round = 0; failed.isPresent() && round < 5; round++) {
            Fix fix = failed.get().fixes().stream()
                    .filter(Fix::isRunnable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no fix can be run"));
            scene.admin.apply(fix);
            DoctorReport again = scene.diagnose();
            failed = again.firstFailure();
            if (failed.isPresent()) {
                assertThat(failed.get().cause()).as(text(again)).isNotEqualTo(first.cause());
            }
        }
        assertThat(failed).as("after the fixes").isEmpty();
    }

    static String text(DoctorReport report) {
        StringBuilder text = new StringBuilder();
        report.findings().forEach(one -> text.append(one).append('\n'));
        return text.toString();
    }
}
