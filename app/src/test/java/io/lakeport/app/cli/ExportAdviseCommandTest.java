package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.testkit.files.DuckReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The advice on the command line, followed to the letter: exports tell whether it was right. */
class ExportAdviseCommandTest {
    @TempDir
    static Path folder;

    private static CliWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        workspace = new CliWorkspace(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static void sql(String text) {
        workspace.lakeport("query", text).succeeded();
    }

    private static String advise(String... arguments) {
        return workspace
                .lakeport(Stream.of(new String[] {"export", "advise"}, arguments)
                        .flatMap(Stream::of)
                        .toArray(String[]::new))
                .succeeded()
                .out();
    }

    /** Returns the options behind {@code proposed: lakeport export}. */
    private static String[] proposed(String advice) {
        String begin = "proposed: lakeport export ";
        String line = advice.lines()
                .filter(text -> text.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no proposal in " + advice));
        return line.substring(begin.length()).split(" ");
    }

    private static void export(String table, String target, String... options) {
        String[] head = {"export", table, "--to", workspace.target(target)};
        workspace
                .lakeport(Stream.of(head, options).flatMap(Stream::of).toArray(String[]::new))
                .succeeded();
    }

    private static List<List<String>> exported(String target, String select) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(workspace.target(target)));
                DuckReader duck = new DuckReader()) {
            List<Path> parquet =
                    files.filter(file -> file.toString().endsWith(".parquet")).toList();
            return duck.rows(select.replace("$t", DuckReader.parquet(parquet)));
        }
    }

    @Test
    @Tag("BI-12")
    @Tag("BI-14")
    void advise_eventTime_warnsOfTheGapThatAnExportThenHasAndProposesWhatClosesIt() throws Exception {
        sql("CREATE TABLE tickets (id INT, status STRING, posted_at TIMESTAMP)");
        sql("INSERT INTO tickets SELECT id, 'open', current_timestamp() - INTERVAL 30 DAYS + make_dt_interval(id)"
                + " FROM range(20)");
        sql("UPDATE tickets SET status = 'waiting' WHERE id = 4");

        String warning = advise("main.default.tickets", "posted_at");
        export("tickets", "gap", "--incremental", "posted_at");
        sql("UPDATE tickets SET status = 'closed' WHERE id = 3");
        sql("INSERT INTO tickets VALUES (21, 'open', current_timestamp()), (22, 'open', current_timestamp())");
        export("tickets", "gap", "--incremental", "posted_at");

        assertThat(warning)
                .contains("along 'posted_at'", "problem ", "ADD COLUMN updated_at TIMESTAMP", "current_timestamp()")
                .endsWith("proposed: change the table first, as the fixes say\n");
        assertThat(exported("gap", "SELECT count(*) FROM $t WHERE status = 'closed'"))
                .as("the updated row that the advice says would be lost")
                .containsExactly(List.of("0"));

        sql("ALTER TABLE tickets ADD COLUMN updated_at TIMESTAMP");
        sql("UPDATE tickets SET updated_at = current_timestamp()");
        String[] options = proposed(advise("tickets"));
        assertThat(options).startsWith("--incremental", "updated_at");
        export("tickets", "closed", options);
        sql("UPDATE tickets SET status = 'closed', updated_at = current_timestamp() WHERE id = 5");
        sql("UPDATE tickets SET status = 'open', updated_at = current_timestamp() WHERE id = 6");
        export("tickets", "closed", options);
        assertThat(exported("closed", "SELECT id FROM $t WHERE status = 'closed' ORDER BY id"))
                .containsExactly(List.of("3"), List.of("5"));
    }

    @Test
    @Tag("AA-28")
    @Tag("BI-13")
    void advise_lateRows_proposesALookBackWithWhichEachRowArrivesOnce() throws Exception {
        sql("CREATE TABLE loads (id INT, loaded_at TIMESTAMP)");
        sql("INSERT INTO loads VALUES (1, current_timestamp())");
        sql("INSERT INTO loads VALUES (2, current_timestamp() - INTERVAL 2 HOURS), (3, current_timestamp())");

        String[] options = proposed(advise("loads"));
        assertThat(options).startsWith("--incremental", "loaded_at", "--look-back");
        export("loads", "late", options);
        sql("INSERT INTO loads VALUES (4, current_timestamp() - INTERVAL 1 HOURS), (5, current_timestamp())");
        sql("INSERT INTO loads VALUES (6, current_timestamp())");
        export("loads", "late", options);
        sql("INSERT INTO loads VALUES (7, current_timestamp() - INTERVAL 2 HOURS), (8, current_timestamp())");
        export("loads", "late", options);

        assertThat(workspace
                        .lakeport("export", "list", workspace.target("late"))
                        .succeeded()
                        .out())
                .containsPattern("1 +append ")
                .containsPattern("3 +append ");
        assertThat(exported("late", "SELECT count(*), count(DISTINCT id), count(*) FILTER (id IN (4, 7)) FROM $t"))
                .as("rows, ids, late ones")
                .containsExactly(List.of("8", "8", "2"));
        assertThat(workspace
                        .lakeport("export", "verify", workspace.target("late"))
                        .succeeded()
                        .out())
                .contains("[ ok ]  run 3");
    }

    @Test
    void advise_tableOfTheConfigurationAsJson_hasFindingsAndTheProposal() throws Exception {
        sql("CREATE TABLE posts (id INT, updated_at TIMESTAMP)");
        sql("INSERT INTO posts VALUES (1, current_timestamp())");
        sql("INSERT INTO posts VALUES (2, current_timestamp())");
        workspace.configure(
                "source.json",
                ", \"source\": {\"table\": \"main.default.posts\", \"partition_column\": \"updated_at\"}",
                "");

        assertThat(workspace
                        .with("source.json", "export", "advise", "--json")
                        .succeeded()
                        .out())
                .startsWith("{")
                .contains(
                        "\"table\":\"`main`.`default`.`posts`\"",
                        "\"column\":\"updated_at\"",
                        "\"severity\":",
                        "\"topic\":\"order\"",
                        "\"proposal\":\"lakeport export --incremental updated_at");
        workspace.lakeport("export", "advise").failedWith(ExitCode.USAGE, "which table?");
        workspace
                .lakeport("export", "advise", "posts", "updatedat")
                .failedWith(ExitCode.USAGE, "did you mean 'updated_at'?");
    }
}
