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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doctor in worlds in each of which one thing is broken, and in some where nothing is. */
@Tag("workspace-inside")
class BrokenWorldsTest {
    private static final WorldsTable TABLE = new WorldsTable();
    private static final int MOST_FIXES = 15;

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

    @ParameterizedTest
    @MethodSource
    @Tag("DF-40")
    @Tag("AK-28")
    @Tag("DF-44")
    void network(World world) throws Exception {
        visit(world);
    }

    static List<World> network() {
        return NetworkWorlds.all();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("AA-42")
    @Tag("AA-43")
    @Tag("AA-44")
    @Tag("AK-29")
    @Tag("BI-18")
    @Tag("BI-22")
    @Tag("BI-29")
    @Tag("BI-30")
    @Tag("DF-40")
    @Tag("DF-42")
    @Tag("DF-43")
    @Tag("DK-12")
    void identity(World world) throws Exception {
        visit(world);
    }

    static List<World> identity() {
        return IdentityWorlds.all();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("DF-42")
    @Tag("BI-19")
    @Tag("BI-31")
    void warehouse(World world) throws Exception {
        visit(world);
    }

    static List<World> warehouse() {
        return WarehouseWorlds.all();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("AA-01")
    @Tag("AA-02")
    @Tag("AA-05")
    @Tag("AA-06")
    @Tag("AA-41")
    void data(World world) throws Exception {
        visit(world);
    }

    static List<World> data() {
        return DataWorlds.all();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("AA-45")
    @Tag("AA-46")
    @Tag("AA-47")
    void storage(World world) throws Exception {
        visit(world);
    }

    static List<World> storage() {
        return StorageWorlds.all();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("DF-19")
    @Tag("DF-41")
    void monitoring(World world) throws Exception {
        visit(world);
    }

    static List<World> monitoring() {
        return MonitoringWorlds.all();
    }

    @Test
    void worlds_ofAllSubjects_areManyAndEachNamedOnce() {
        List<World> all = Stream.of(network(), identity(), warehouse(), data(), storage(), monitoring())
                .flatMap(List::stream)
                .toList();

        assertThat(all).extracting(World::name).doesNotHaveDuplicates();
        assertThat(all).filteredOn(World::isBroken).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all).filteredOn(world -> !world.isBroken()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(all).filteredOn(World::fixable).hasSizeGreaterThanOrEqualTo(15);
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
        Set<Fix> applied = new HashSet<>();
        for (int round = 0; failed.isPresent() && round < MOST_FIXES; round++) {
            Fix fix = failed.get().fixes().stream()
                    .filter(Fix::isRunnable)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no fix can be run"));
            assertThat(applied.add(fix)).as("the same fix again: " + fix).isTrue();
            scene.admin.apply(fix);
            failed = scene.diagnose().firstFailure();
        }
        assertThat(failed).as("after the fixes").isEmpty();
    }

    static String text(DoctorReport report) {
        StringBuilder text = new StringBuilder();
        report.findings().forEach(one -> text.append(one).append('\n'));
        return text.toString();
    }
}
