package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("AA-39")
class ProfileCommandTest {
    private static final String CANARY = "dose0canary0canary0canary0canary0123";

    @TempDir
    Path folder;

    private Path profiles;

    @BeforeEach
    void write() throws IOException {
        profiles = Files.writeString(folder.resolve("cfg"), """
                [prod]
                host = https://dbc-a1b2.cloud.databricks.com
                client_id = 11111111-2222-4333-8444-555555555555
                client_secret = %s
                warehouse_id = abc123
                [laptop]
                host = https://dbc-a1b2.cloud.databricks.com
                auth_type = databricks-cli
                """.formatted(CANARY));
    }

    @Test
    void list_profiles_saysWhichCanBeImportedAndShowsNoSecret() {
        CliRun run = CliRun.of("profile", "list", "--file", profiles.toString()).succeeded();

        assertThat(run.out())
                .contains("prod     oauth-m2m")
                .contains("as method oauth-m2m")
                .contains("no: type 'databricks-cli'")
                .doesNotContain(CANARY);
    }

    @Test
    void import_profile_printsAConfigurationThatLoadsAndKeepsTheSecretInAFile() throws IOException {
        Path secrets = folder.resolve("secrets");
        CliRun run = take("prod", secrets).succeeded();
        assertThat(run.out() + run.err()).doesNotContain(CANARY);

        Path config = Files.writeString(folder.resolve("acme.json"), run.out());
        LakeportConfig loaded = ConfigFile.load(config);
        Tenant tenant = loaded.tenant("acme");
        assertThat(tenant.identity().method()).isEqualTo("oauth-m2m");
        assertThat(tenant.identity().secrets().get("client_secret").reveal()).isEqualTo(CANARY);
        if (Files.getFileStore(secrets).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(secrets.resolve("acme.client_secret")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        take("prod", secrets).failedWith(ExitCode.USAGE, "is there already");
    }

    @Test
    void import_whatCannotBe_saysWhyAndWritesNothing() {
        Path secrets = folder.resolve("none");
        take("laptop", secrets).failedWith(ExitCode.USAGE, "register an OAuth application and use oauth-u2m");
        take("prd", secrets).failedWith(ExitCode.USAGE, "did you mean 'prod'?");
        assertThat(secrets).doesNotExist();
    }

    private CliRun take(String name, Path secrets) {
        return CliRun.of(
                "profile",
                "import",
                "--file",
                profiles.toString(),
                "--profile",
                name,
                "--tenant",
                "acme",
                "--secrets",
                secrets.toString());
    }
}
