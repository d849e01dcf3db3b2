package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that manage a workspace, by real processes that outlive the command that started them. */
class WorkspaceProcessTest {
    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private CliRun workspace(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("workspace", command, "--data", data().toString()));
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    private RunningWorkspace running() {
        return RunningWorkspace.find(RunningWorkspace.file(Optional.of(data()))).orElseThrow();
    }

    /** Started by its main method, since a detached child begins with the arguments of its own process. */
    private RunningWorkspace start() throws InterruptedException {
        return WorkspaceLauncher.launch(
                List.of("workspace", "start", "--detach", "--data", data().toString()),
                RunningWorkspace.file(Optional.of(data())));
    }

    private String sql(String statement) {
        return new WorkspaceControl(running().connection())
                .post(
                        "/api/2.0/sql/statements",
                        Map.of(
                                "statement",
                                statement,
                                "warehouse_id",
                                running().connection().warehouseId()))
                .text();
    }

    @AfterEach
    void stop() {
        RunningWorkspace.find(RunningWorkspace.file(Optional.of(data())))
                .flatMap(RunningWorkspace::process)
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void workspace_killedAndStartedAgain_hasWhatWasWritten() throws Exception {
        RunningWorkspace first = start();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(RunningWorkspace.file(Optional.of(data())))))
                .isEqualTo("rw-------");
        workspace("start", "--detach").failedWith(ExitCode.CONFLICT, "runs already", "lakeport workspace stop");
        assertThat(sql("CREATE TABLE kept AS SELECT 42 AS n")).contains("SUCCEEDED");
        Path csv = Files.writeString(folder.resolve("birds.csv"), "id,name\n1,wren\n2,swan\n");
        assertThat(workspace("load", "birds=" + csv).succeeded().out()).contains("loaded birds");
        workspace("load", "birds=" + folder.resolve("nothing.csv")).failedWith(ExitCode.NOT_FOUND, "nothing.csv");
        assertThat(workspace("status").succeeded().out())
                .contains(first.connection().token().reveal(), "RUNNING", "statements");

        kill(first);
        workspace("status").failedWith(ExitCode.NOT_FOUND, "no workspace runs", "lakeport workspace start --detach");

        RunningWorkspace second = start();
        assertThat(sql("SELECT n FROM kept")).contains("[[\"42\"]]");
        assertThat(sql("SELECT count(*) FROM birds")).contains("[[\"2\"]]");

        assertThat(workspace("reset").succeeded().out()).contains("as new");
        assertThat(running().connection().port()).isEqualTo(second.connection().port());
        assertThat(sql("SELECT n FROM kept")).contains("TABLE_OR_VIEW_NOT_FOUND");

        ProcessHandle process = running().process().orElseThrow();
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(workspace("stop").succeeded().out()).contains("stopped");
        assertThat(process.isAlive()).isFalse();
        assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        workspace("stop").failedWith(ExitCode.NOT_FOUND, "no workspace runs");
    }

    private static void kill(RunningWorkspace workspace) throws Exception {
        ProcessHandle process = workspace.process().orElseThrow();
        List<ProcessHandle> children = process.descendants().toList();
        // Both at once, as when a machine fails: neither may tidy up.
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void stop_numberThatAnotherProcessGot_endsNothing() throws IOException {
        RunningWorkspace here = RunningWorkspace.here(sample());
        RunningWorkspace stale = new RunningWorkspace(here.pid(), here.started().minusSeconds(60), here.connection());
        Path file = RunningWorkspace.file(Optional.of(data()));
        stale.write(file);

        workspace("stop").failedWith(ExitCode.NOT_FOUND, "no workspace runs");

        assertThat(file).doesNotExist();
    }

    @Test
    void reset_directoryWithOtherFiles_isRefused() throws IOException {
        Files.createDirectories(data());
        Path precious = Files.writeString(data().resolve("thesis.txt"), "years of work");
        RunningWorkspace.here(sample()).write(RunningWorkspace.file(Optional.of(data())));

        workspace("reset").failedWith(ExitCode.CONFLICT, "held files before");

        assertThat(precious).exists();
        Files.delete(RunningWorkspace.file(Optional.of(data())));
    }

    @Test
    void stateFile_thatIsNone_isNamed() throws IOException {
        Files.createDirectories(data());
        Files.writeString(RunningWorkspace.file(Optional.of(data())), "pid=x\n");

        workspace("status").failedWith(ExitCode.USAGE, "running-workspace.properties", "remove it");
        Files.delete(RunningWorkspace.file(Optional.of(data())));
    }

    private static SimulatorConnection sample() {
        return new SimulatorConnection(
                "localhost",
                1,
                URI.create("http://localhost:1"),
                URI.create("https://localhost:2"),
                3,
                "id",
                Secret.of("dose00000000"),
                Secret.of("dapi00000000"),
                "warehouse",
                "main",
                "default");
    }
}
