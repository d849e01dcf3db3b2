package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The export command and its subcommands against a workspace in a process of its own. */
class ExportCommandTest {
    @TempDir
    static Path folder;

    private static CliWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("orders.csv"),
                "id,country,updated_at\n1,de,2026-01-01 00:00:00\n2,fr,2026-01-02 00:00:00\n3,de,2026-02-03 00:00:00\n");
        workspace = new CliWorkspace(folder, Map.of("orders", csv));
        workspace.configure("signing.json", "", ", \"exports\": {\"signing_key\": \"key one of this test\"}");
        workspace.configure("other-key.json", "", ", \"exports\": {\"signing_key\": \"key two of this test\"}");
        lakeport("query", "CREATE TABLE facts AS SELECT * FROM orders").succeeded();
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static CliRun lakeport(String... command) {
        return workspace.lakeport(command);
    }

    private static CliRun with(String file, String... command) {
        return workspace.with(file, command);
    }

    private static String target(String name) {
        return workspace.target(name);
    }

    private static Path onlyFile(String target) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(target))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .reduce((a, b) -> {
                        throw new AssertionError("more than one file: " + a + ", " + b);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void plan_thenExportAndList_tellTheSameRunAndPlanWritesNothing() {
        String target = target("orders");

        assertThat(lakeport("export", "plan", "facts", "--to", target)
                        .succeeded()
                        .out())
                .contains("run 1 would begin", "rows      all", "snapshot  version ")
                .contains("engine    stream: about ", "engine    not unload: a warehouse cannot write to 'file:'");
        assertThat(Path.of(target)).doesNotExist();

        lakeport("export", "facts", "--to", target).succeeded();
        assertThat(lakeport("export", "list", target).succeeded().out())
                .containsPattern("RUN +MODE +ENGINE +ROWS")
                .containsPattern("1 +create +stream +3 ");
        assertThat(lakeport("export", "list", target, "--json").succeeded().out())
                .contains("\"state\":\"published\"", "\"rows\":3", "\"snapshot_version\":", "\"signed\":false");
        lakeport("export", "plan", "facts", "--to", target).failedWith(ExitCode.CONFLICT, "already holds run 1");
    }

    @Test
    void export_incrementTwice_listsBothWindowsAndThenFindsNothingNew() {
        String target = target("increments");
        String[] export = {
            "export", "facts", "--to", target, "--incremental", "id", "--partition-by", "country", "--lanes", "1"
        };

        assertThat(lakeport(export).succeeded().out()).contains("2 rows in 2 file(s)", "id in […, 3)");
        assertThat(lakeport(export).succeeded().out()).isEqualTo("nothing new in `facts`\n");
        assertThat(lakeport(Stream.concat(
                                        Stream.of("export", "plan"),
                                        Stream.of(export).skip(1))
                                .toArray(String[]::new))
                        .succeeded()
                        .out())
                .contains("nothing new");
    }

    @Test
    void verify_fileThatChanged_isNamedAndTheCodeIsConflict() throws Exception {
        String target = target("changed");
        lakeport("export", "facts", "--to", target).succeeded();
        assertThat(lakeport("export", "verify", target).succeeded().out())
                .contains("[ ok ]  run 1: 3 rows, 1 file(s)", "not signed");

        for (String command : new String[] {"verify", "list", "gc"}) {
            lakeport("export", command, target, "--timeout", "1ms")
                    .failedWith(ExitCode.UNAVAILABLE, target, "did not end before its deadline");
        }
        Path file = onlyFile(target);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        CliRun run = lakeport("export", "verify", target);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(run.out()).contains("[FAIL]  run 1", file.getFileName().toString(), "SHA-256");
        assertThat(lakeport("export", "verify", target, "--json").out()).contains("\"proven\":false");
    }

    @Test
    void verify_signedExport_tellsTheRightKeyFromAWrongOneAndFromNone() {
        String target = target("signed");
        with("signing.json", "export", "facts", "--to", target).succeeded();

        assertThat(with("signing.json", "export", "verify", target).succeeded().out())
                .contains("[ ok ]", "rows counted; signed\n");
        assertThat(lakeport("export", "verify", target).succeeded().out()).contains("signed, not checked");
        CliRun wrong = with("other-key.json", "export", "verify", target);
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(wrong.out()).contains("[FAIL]", "WRONG signature").doesNotContain("key two");
    }

    @Test
    void verify_besideTheSource_countsAtTheVersionThatWasRead() {
        String target = target("beside");
        lakeport("export", "facts", "--to", target).succeeded();

        assertThat(lakeport("export", "verify", target, "--source").succeeded().out())
                .contains("source: rows equal, content not compared (the workspace cannot read 'file:");
    }

    @Test
    void subcommands_targetWithoutExport_haveADefinedAnswer() {
        String target = target("nothing");

        lakeport("export", "resume", target).failedWith(ExitCode.NOT_FOUND, "lakeport: ");
        assertThat(lakeport("export", "list", target).succeeded().err()).contains("0 published run(s), 0 unfinished");
        assertThat(lakeport("export", "verify", target).succeeded().err()).contains("nothing was published");
        assertThat(lakeport("export", "gc", target).succeeded().out())
                .isEqualTo("removed 0 unfinished run(s), 0 file(s), 0 bytes\n");
        lakeport("export", "list", folder.resolve("elsewhere").toString()).failedWith(ExitCode.PERMISSION, "elsewhere");
    }

    @Test
    void export_wrongOptions_areRefusedWithWhatToDo() {
        lakeport("export", "facts").failedWith(ExitCode.USAGE, "where to?", "--to");
        lakeport("export", "facts", "--to", target("x"), "--mode", "replace")
                .failedWith(ExitCode.USAGE, "overwrite-partitions");
        lakeport("export", "facts", "--to", target("x"), "--mode", "merge")
                .failedWith(ExitCode.USAGE, "columns that identify a row");
        lakeport("export", "facts", "--to", target("x"), "--look-back", "1h")
                .failedWith(ExitCode.USAGE, "--incremental");
        lakeport("export", "facts", "--to", target("x"), "--lanes", "0").failedWith(ExitCode.USAGE, "--lanes");
        lakeport("export", "facts", "--to", target("x"), "--partition-by", "week(updated_at)")
                .failedWith(ExitCode.USAGE, "year, month, day, hour or date");
        assertThat(Path.of(target("x"))).doesNotExist();
    }

    @Test
    void connection_givenBeforeTheSubcommand_countsForItToo() {
        CliRun run =
                CliRun.of("export", "-c", folder.resolve("lakeport.json").toString(), "list", target("nothing-either"));

        assertThat(run.succeeded().err()).contains("0 published run(s)");
    }
}
