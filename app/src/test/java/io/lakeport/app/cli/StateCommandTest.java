package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
    private static final String CANARY = "dose-canary-of-the-vault-8c41";

    @TempDir
    Path folder;

    private String config;

    @BeforeEach
    void write() throws IOException {
        config = config("acme.json", "embedded", "\"file\": \"state/lakeport.db\"");
        Files.writeString(folder.resolve("secret.txt"), CANARY + "\n");
    }

    private String config(String name, String provider, String properties) throws IOException {
        return Files.writeString(folder.resolve(name), """
            {"tenants": {"acme": {"host": "https://dbc-a1b2.cloud.databricks.com", "warehouse_id": "abc",
                "auth": {"method": "pat", "secrets": {"token": "dapi-not-used"}},
                "user_agent": "Example_Product/1.0"}},
             "state": {"provider": "%s", "properties": {%s}},
             "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}}
            """.formatted(provider, properties))
                .toString();
    }

    @Test
    void vault_fromSealToDestroy_neverShowsTheSecret() throws IOException {
        String from = folder.resolve("secret.txt").toString();
        String reference = CliRun.of("vault", "seal", "-c", config, "databricks/client-secret", "--from", from)
                .succeeded()
                .out()
                .strip();
        assertThat(reference).isEqualTo("sealed:acme:databricks/client-secret#1");
        try (Lakeport lakeport = Lakeport.builder().config(Path.of(config)).build()) {
            assertThat(lakeport.vault().open(SecretReference.parse(reference)).reveal())
                    .isEqualTo(CANARY);
        }
        String list = CliRun.of("vault", "list", "-c", config).succeeded().out();
        assertThat(list).contains(reference, "k-").doesNotContain(CANARY);
        Files.writeString(
                folder.resolve("master.key"),
                Files.readString(folder.resolve("master.key"))
                        + "second:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n");
        assertThat(CliRun.of("vault", "rewrap", "-c", config).succeeded().out()).startsWith("1 data key(s)");
        assertThat(CliRun.of("vault", "list", "-c", config).succeeded().out()).contains("second");
        assertThat(CliRun.of("vault", "destroy", "-c", config, reference)
                        .succeeded()
                        .out())
                .contains(reference, "master key second", "proof ");
        CliRun.of("vault", "destroy", "-c", config, reference).failedWith(5, "it was destroyed");
        assertThat(CliRun.of("vault", "receipts", "-c", config).succeeded().out())
                .contains(reference);
        assertThat(filesWith(CANARY)).containsExactly("secret.txt");
        CliRun.of("vault", "destroy", "-c", config, CANARY).failedWith(2, "that is no reference");
    }

    /** In every file there is, the write-ahead log of an open database among them. */
    @Test
    void state_withAnOpenDatabase_holdsNoSecretInClear() throws Exception {
        try (Lakeport lakeport = Lakeport.builder().config(Path.of(config)).build()) {
            SecretReference reference = lakeport.vault()
                    .seal(
                            TenantId.of("acme"),
                            "a",
                            io.lakeport.app.config.SecretFile.read(folder.resolve("secret.txt")),
                            java.util.Optional.empty());
            lakeport.vault().open(reference);
            lakeport.state().of(TenantId.of("acme")).put(DocumentKey.of("thing", "a"), "planted-in-clear".getBytes());
            lakeport.state().backup(folder.resolve("backup"));
            // By another process: who closes a file of SQLite here would end its locks.
            assertThat(grep(CANARY)).containsExactly("secret.txt");
            assertThat(grep("planted-in-clear"))
                    .as("the search finds what is there")
                    .isNotEmpty();
        }
    }

    private List<String> grep(String text) throws Exception {
        Process grep = new ProcessBuilder("grep", "-rla", text, folder.toString()).start();
        List<String> found = grep.inputReader()
                .lines()
                .map(line -> Path.of(line).getFileName().toString())
                .toList();
        grep.waitFor();
        return found;
    }

    private List<String> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }

    @Test
    void state_backedUpAndRestoredElsewhere_isTheSame() throws IOException {
        String from = folder.resolve("secret.txt").toString();
        CliRun.of("vault", "seal", "-c", config, "a", "--from", from).succeeded();
        String status = CliRun.of("state", "status", "-c", config).succeeded().out();
        assertThat(status)
                .contains("provider   embedded, SQLite 3", "version    1\n", "3 document(s) of 1 tenant(s)")
                .contains("open in    process " + ProcessHandle.current().pid());
        String backup = folder.resolve("b").toString();
        CliRun.of("state", "backup", "-c", config, backup).succeeded();
        CliRun.of("state", "backup", "-c", config, backup).failedWith(7, "is there already");
        CliRun.of("state", "restore", "-c", config, backup).failedWith(7, "--replace");
        String other = config("other.json", "embedded", "\"file\": \"elsewhere/state.db\"");
        CliRun.of("state", "restore", "-c", other, backup).succeeded();
        try (Lakeport lakeport = Lakeport.builder().config(Path.of(other)).build()) {
            assertThat(lakeport.vault()
                            .open(SecretReference.parse("sealed:acme:a#1"))
                            .reveal())
                    .isEqualTo(CANARY);
        }
        assertThat(CliRun.of("state", "migrate", "-c", other).succeeded().out()).contains("has version 1");
        assertThat(CliRun.of("state", "status", "-c", other, "--json")
                        .succeeded()
                        .out())
                .contains("\"known_version\":1");
    }

    @Test
    void state_wronglyConfigured_saysWhatToDo() throws IOException {
        CliRun.of("state", "status", "-c", config("a.json", "embeded", "")).failedWith(2, "embeded", "embedded");
        CliRun.of("state", "status", "-c", config("b.json", "embedded", "\"fille\": \"x\""))
                .failedWith(2, "did you mean 'file'?");
        CliRun.of(
                        "state",
                        "status",
                        "-c",
                        config("c.json", "postgresql", "\"url\": \"postgresql://127.0.0.1:1/x\", \"user\": \"u\""))
                .failedWith(6, "postgresql://127.0.0.1:1/x");
        Files.writeString(
                folder.resolve("d.json"), Files.readString(Path.of(config)).replace("\"state\"", "\"stat\""));
        CliRun.of("state", "status", "-c", folder.resolve("d.json").toString()).failedWith(2, "did you mean 'state'?");
        assertThat(ConfigFile.load(Path.of(config)).state().provider()).isEqualTo("embedded");
    }
}
