package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as vendors send them to their customers. */
class GrantsLintCommandTest {
    @TempDir
    Path folder;

    private CliRun lint(String script, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.sql"), script);
        String[] command = {"grants", "lint", file.toString()};
        return CliRun.of(java.util.stream.Stream.of(command, more)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new));
    }

    private static String problems(CliRun run) {
        StringBuilder all = new StringBuilder();
        run.out()
                .lines()
                .filter(line -> line.startsWith("line "))
                .forEach(line -> all.append(line, 0, line.indexOf(']') + 1).append('\n'));
        return all.toString();
    }

    @Test
    @Tag("AA-14")
    void lint_scriptWithRolesAndOldNames_namesEachByItsLineWithWhatDoesIt() throws IOException {
        CliRun run = lint("""
                -- CREATE ROLE in a comment is nothing
                CREATE ROLE analysts;
                GRANT USAGE, SELECT ON SCHEMA main.`my sales` TO analysts;
                GRANT analysts TO
                  `sp`; GRANT SELECT ON TABLE main.s.t TO ROLE analysts;
                SELECT 'GRANT USAGE ON CATALOG main TO x';
                /* GRANT USAGE
                   ON CATALOG main TO x; */ grant usage on catalog main to `a;b`;
                GRANT USAGE ON SCHEMA hive_metastore.old TO analysts;
                GRANT USE CATALOG ON CATALOG main TO analysts;
                """);

        assertThat(run.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(problems(run)).isEqualTo("""
                line 2  [role]
                line 3  [usage]
                line 4  [role]
                line 5  [role]
                line 8  [usage]
                """);
        assertThat(run.out())
                .contains("group 'analysts' of the account")
                .contains("instead  GRANT USE SCHEMA, SELECT ON SCHEMA main.`my sales` TO analysts;")
                .contains("instead  GRANT SELECT ON TABLE main.s.t TO analysts;")
                .contains("instead  GRANT USE CATALOG ON catalog main TO `a;b`;");
    }

    @Test
    void lint_grantsOnSystem_areFoundWhereTheyOpenNothing() throws IOException {
        assertThat(problems(lint("GRANT SELECT ON CATALOG system TO g; GRANT USE SCHEMA ON CATALOG `system` TO g")))
                .isEqualTo("line 1  [system-select]\nline 1  [system-schema]\n");
        lint("""
                GRANT USE CATALOG ON CATALOG system TO g;
                GRANT USE SCHEMA ON SCHEMA system.query TO g;
                GRANT SELECT ON CATALOG system TO g;
                """).succeeded();
    }

    @Test
    void lint_keysAndStorageCredentials_areFoundAndNotRepeated() throws IOException {
        CliRun run = lint("""
                CREATE STORAGE CREDENTIAL c WITH (AWS_IAM_ROLE = 'arn:aws:iam::123456789012:role/r');
                COPY INTO t FROM 's3://b/p' WITH (CREDENTIAL (AWS_ACCESS_KEY = 'the-id', AWS_SECRET_KEY = 'the-secret'));
                CREATE TABLE t AS SELECT * FROM read_files('abfss://c@a.dfs.core.windows.net/?sig=a-signature-of-some-length');
                CREATE TABLE u USING csv OPTIONS ('fs.s3a.secret.key' 'the-secret') LOCATION 's3://b/u';
                COPY INTO t FROM 's3://b/p' WITH (CREDENTIAL named) FILEFORMAT = CSV;
                """, "--format", "json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.PERMISSION);
        assertThat(run.out())
                .contains("{\"line\":1,\"rule\":\"storage-credential\"")
                .contains("{\"line\":2,\"rule\":\"key\"")
                .contains("{\"line\":3,\"rule\":\"key\"")
                .contains("{\"line\":4,\"rule\":\"key\"")
                .doesNotContain("\"line\":5")
                .doesNotContain("the-secret", "the-id", "a-signature");
    }

    @Test
    void lint_fileThatIsNotThere_isNamed() {
        CliRun.of("grants", "lint", folder.resolve("none.sql").toString())
                .failedWith(ExitCode.USAGE, "none.sql' cannot be read");
    }
}
