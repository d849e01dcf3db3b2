package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that must stay in the customer's storage: nothing of them is found on the host, whatever it does with them. */
class ResidencyTest {
    /** Stands in every row, and in no name. */
    private static final String CANARY = "canary-4711-of-a-row";

    private static final String EXPORTS =
            "\"lanes\": 1, \"memory\": \"2MiB\", \"residency\": \"in-place\"}, \"ledger\":"
                    + " {\"provider\": \"jsonl\", \"directory\": \"ledger\"}, \"state\": {\"provider\": \"embedded\","
                    + " \"properties\": {\"file\": \"state.db\"}";

    @TempDir
    Path folder;

    private ExportWorld world;
    private String temporary;

    @BeforeEach
    void start() throws Exception {
        world = new ExportWorld(folder);
        world.run("CREATE TABLE secretive AS SELECT id, (id * 7919) % 400 AS part,"
                + " concat('canary-4711-of', '-a-row') AS text FROM range(8000)");
        world.run("CREATE TABLE large AS SELECT text, repeat(md5(CAST(id AS STRING)), 120) AS more FROM secretive");
        temporary = System.getProperty("java.io.tmpdir");
    }

    @AfterEach
    void stop() {
        System.setProperty("java.io.tmpdir", temporary);
        world.close();
    }

    private ExportRequest request(URI target) {
        return ExportRequest.builder(TableName.parse("secretive"), target)
                .partitionBy(List.of("part"))
                .build();
    }

    @Test
    @Tag("AK-07")
    void host_rowsInPlace_keepsNothingOfThem() throws Exception {
        Path config = folder.resolve("in-place.json");
        try (Lakeport host = world.host("in-place.json", EXPORTS)) {
            // SQLite unpacks its library there once, before the directory goes.
            assertThat(host.state().status()).isNotNull();
            // Whatever is kept in a temporary file cannot be: a missing directory ends what tries.
            System.setProperty("java.io.tmpdir", folder.resolve("nowhere").toString());
            host.tenant("acme")
                    .export(request(world.volume().resolve("in-place/")))
                    .orElseThrow();
            host.tenant("acme")
                    .export(ExportRequest.full(
                                    TableName.parse("secretive"), world.volume().resolve("again/"))
                            .incremental("id"))
                    .orElseThrow();
            String sql = "SELECT text FROM secretive ORDER BY id";
            for (int i = 0; i < 2; i++) {
                try (RowCursor rows = host.tenant("acme")
                        .query(sql)
                        .cached(Duration.ofMinutes(1))
                        .rows()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(0)).isEqualTo(CANARY);
                }
            }
        }

        assertThat(config).exists();
        assertThat(filesWith(CANARY)).isEmpty();
        assertThat(folder.resolve("ledger")).isNotEmptyDirectory();
        assertThat(folder.resolve("state.db")).isNotEmptyFile();
    }

    @Test
    void export_fileThatDoesNotFitIntoMemory_failsInPlaceAndGoesThroughTheDiskElsewhere() throws Exception {
        System.setProperty("java.io.tmpdir", folder.resolve("nowhere").toString());
        ExportRequest large = ExportRequest.builder(
                        TableName.parse("large"), world.volume().resolve("large/"))
                .format("csv")
                .build();
        try (Lakeport host = world.host("in-place.json", "\"lanes\": 1, \"residency\": \"in-place\"")) {
            assertThatThrownBy(() -> host.tenant("acme").export(large))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("upload_memory");
        }
        try (Lakeport host = world.host("anywhere.json", "\"lanes\": 1")) {
            assertThatThrownBy(() -> host.tenant("acme").export(large)).hasMessageContaining("nowhere");
        }
        assertThat(filesWith(CANARY)).isEmpty();
    }

    @Test
    void export_toThisMachineOrThroughItsDisk_isRefusedWithTheReason() throws Exception {
        try (Lakeport host = world.host("in-place.json", "\"residency\": \"in-place\"")) {
            assertThatThrownBy(() ->
                            host.tenant("acme").export(request(world.files().resolve("here/"))))
                    .hasMessageContaining("is on this machine, and 'exports.residency' is in-place");
        }
        Path scratch = Files.writeString(
                folder.resolve("scratch.json"),
                Files.readString(folder.resolve("in-place.json"))
                        .replace(
                                "\"residency\": \"in-place\"",
                                "\"residency\": \"in-place\", \"scratch\": \"/var/tmp\""));
        assertThatThrownBy(() -> ConfigFile.load(scratch))
                .hasMessageContaining("'scratch' keeps rows on this machine's disk")
                .hasMessageContaining("/exports");
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
