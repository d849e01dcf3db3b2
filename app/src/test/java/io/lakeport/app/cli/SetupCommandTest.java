package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage and an OAuth application from the command line. */
@Tag("workspace-inside")
class SetupCommandTest {
    @TempDir
    static Path folder;

    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() throws Exception {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        SimulatorConnection c = workspace.connection();
        Files.writeString(folder.resolve("admin.txt"), c.clientSecret().reveal());
        Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {"acme": {"host": "%s", "warehouse_id": "%s",
                    "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                      "secrets": {"client_secret": "${file:admin.txt}"}}}},
                 "state": {"provider": "embedded", "properties": {"file": "state.db"}},
                 "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}}
                """.formatted(c.httpUrl(), c.warehouseId(), c.clientId()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static CliRun setup(String... command) {
        String[] head = {"setup"};
        String[] file = {"-c", folder.resolve("lakeport.json").toString()};
        return CliRun.of(Stream.of(head, command, file).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    @Tag("AA-19")
    @Tag("AA-20")
    @Tag("AA-33")
    void storage_ofS3_isCreatedTriedAndLeftAsItIs() {
        String[] lake = {
            "storage",
            "--name",
            "lake",
            "--url",
            "s3://setup/lake",
            "--read-only",
            "--aws-role",
            "arn:aws:iam::123456789012:role/lake"
        };
        CliRun first = setup(lake).succeeded();
        CliRun second = setup(lake).succeeded();

        assertThat(first.out())
                .contains("storage credential 'lake' was created")
                .contains("the role must trust: external id")
                .contains("external location 'lake' at s3://setup/lake was created")
                .contains("PASS  READ")
                .contains("SKIP  WRITE");
        assertThat(second.out()).contains("'lake' is there").doesNotContain("created");
        setup("storage", "--name", "lake", "--url", "s3://setup/other", "--read-only")
                .failedWith(ExitCode.CONFLICT, "external location 'lake' is there already: s3://setup/lake");
        setup("storage", "--name", "x", "--url", "https://setup.s3.amazonaws.com/lake")
                .failedWith(ExitCode.USAGE, "is malformed");
        setup("storage", "--name", "x", "--credential", "lake", "--url", "abfss://c@acct.dfs.core.windows.net/x")
                .failedWith(ExitCode.USAGE, "cannot reach");
    }

    @Test
    @Tag("AA-25")
    @Tag("AA-26")
    void storage_ofAdls_takesTheSecretFromAFileAndShowsItNowhere() throws Exception {
        Path secret = Files.writeString(folder.resolve("entra.txt"), "entra~canary.0123456789");

        CliRun run = setup(
                        "storage",
                        "--json",
                        "--name",
                        "adls",
                        "--url",
                        "abfss://container@account.dfs.core.windows.net/path",
                        "--azure-directory",
                        "11111111-2222-4333-8444-555555555555",
                        "--azure-application",
                        "21111111-2222-4333-8444-555555555555",
                        "--azure-secret-file",
                        secret.toString())
                .succeeded();

        assertThat(run.out()).contains("\"usable\":true").contains("CREATE EXTERNAL LOCATION IF NOT EXISTS `adls`");
        assertThat(run.out() + run.err()).doesNotContain("canary");
    }

    @Test
    @Tag("DK-17")
    @Tag("DK-19")
    @Tag("DK-20")
    void app_isRegisteredOnce_andItsSecretIsInTheVaultAlone() {
        String[] app = {
            "app",
            "--name",
            "my host",
            "--redirect",
            "https://host/callback",
            "--account-id",
            WorkspaceIdentity.ACCOUNT_ID,
            "--accounts-host",
            workspace.connection().httpUrl().toString()
        };
        CliRun first = setup(app).succeeded();
        CliRun second = setup(app).succeeded();
        String reference = first.out().replaceAll("(?s).*\"client_secret\":\"([^\"]+)\".*", "$1");

        assertThat(first.out()).contains("\"created\":true");
        assertThat(second.out()).contains("\"created\":false").contains(reference);
        try (Lakeport lakeport = Lakeport.builder()
                .config(ConfigFile.load(folder.resolve("lakeport.json")))
                .build()) {
            String secret =
                    lakeport.vault().open(SecretReference.parse(reference)).reveal();
            assertThat(secret).startsWith("dose");
            assertThat(first.out() + first.err() + second.out()).doesNotContain(secret);
        }
        setup("app", "--name", "x", "--redirect", "http://host/callback", "--account-id", WorkspaceIdentity.ACCOUNT_ID)
                .failedWith(ExitCode.USAGE, "must be https");
    }
}
