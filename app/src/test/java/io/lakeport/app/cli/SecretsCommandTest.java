package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials from the command line, against the local workspace, whose first principal is an administrator. */
class SecretsCommandTest {
    @TempDir
    static Path folder;

    private static CliWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        workspace = new CliWorkspace(folder, Map.of());
        workspace.configure("sealed.json", "", """
                , "state": {"provider": "embedded", "properties": {"file": "state.db"}},
                "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}""");
        Path sealed = folder.resolve("sealed.json");
        Files.writeString(sealed, Files.readString(sealed).replace("${file:secret.txt}", "${vault:databricks/secret}"));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static CliRun seal(Instant expires) {
        return workspace
                .with(
                        "sealed.json",
                        "vault",
                        "seal",
                        "databricks/secret",
                        "--from",
                        folder.resolve("secret.txt").toString(),
                        "--expires",
                        expires.toString())
                .succeeded();
    }

    @Test
    @Tag("AK-16")
    @Tag("AK-17")
    @Tag("AA-10")
    @Tag("DF-17")
    void secretsOfATenant_fromNothingToARotation() {
        CliRun nothing = workspace.with("sealed.json", "secrets", "status");
        seal(Instant.now().plus(10, ChronoUnit.DAYS));
        CliRun ending = workspace.with("sealed.json", "secrets", "status", "--json");
        CliRun kept = workspace.with("sealed.json", "secrets", "keep", "--overlap", "none");
        CliRun rotated = workspace
                .with("sealed.json", "secrets", "rotate", "--adopt", "--overlap", "none")
                .succeeded();
        CliRun well =
                workspace.with("sealed.json", "secrets", "status", "--check").succeeded();
        CliRun query = workspace.with("sealed.json", "query", "SELECT 1").succeeded();

        assertThat(nothing.exitCode()).isEqualTo(ExitCode.AUTHENTICATION);
        assertThat(nothing.out()).contains("nothing is sealed under this name");
        assertThat(ending.exitCode()).isEqualTo(ExitCode.CONFLICT);
        assertThat(ending.out()).contains("\"state\":\"ending\"").contains("\"remaining_seconds\":8");
        assertThat(kept.succeeded().out()).contains("not due");
        assertThat(rotated.out()).contains("done: ");
        assertThat(well.out()).contains("sealed:acme:databricks/secret#2").contains("signs in as");
        assertThat(query.out()).contains("1");
    }

    @Test
    void rotate_whatTheConfigurationHolds_saysWhatToDo() {
        workspace.lakeport("secrets", "rotate").failedWith(ExitCode.USAGE, "${vault:NAME}");
    }

    @Test
    @Tag("AK-16")
    void rotate_forLongerThanDatabricksAllows_isRefused() {
        workspace
                .with("sealed.json", "secrets", "rotate", "--lifetime", "800d")
                .failedWith(ExitCode.USAGE, "730 days at most");
    }
}
