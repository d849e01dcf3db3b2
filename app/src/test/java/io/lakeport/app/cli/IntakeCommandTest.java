package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hand-over from the command line: the vendor's with the local workspace, the customer's without anything. */
class IntakeCommandTest {
    private static final String NAME = "databricks/secret";
    private static final Logger LOGGER = Logger.getLogger("io.lakeport");

    @TempDir
    static Path folder;

    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static final Handler LOGGED = new Handler() {
        @Override
        public void publish(LogRecord line) {
            Object[] parameters = line.getParameters() == null ? new Object[0] : line.getParameters();
            SEEN.add(line.getMessage() + List.of(parameters) + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static CliWorkspace workspace;
    private static String secret = "";

    @BeforeAll
    static void start() throws Exception {
        workspace = new CliWorkspace(folder, Map.of());
        workspace.configure("vendor.json", "", """
                , "state": {"provider": "embedded", "properties": {"file": "state.db"}},
                "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}""");
        Path vendor = folder.resolve("vendor.json");
        Files.writeString(vendor, Files.readString(vendor).replace("${file:secret.txt}", "${vault:" + NAME + "}"));
        // The vendor never has the secret: only the customer, who types it, does.
        secret = workspace.connection().clientSecret().reveal();
        Files.delete(folder.resolve("secret.txt"));
        LOGGER.setLevel(Level.ALL);
        LOGGED.setLevel(Level.ALL);
        LOGGER.addHandler(LOGGED);
    }

    @AfterAll
    static void stop() {
        LOGGER.removeHandler(LOGGED);
        LOGGER.setLevel(null);
        workspace.close();
    }

    private static CliRun vendor(String... command) {
        return seen(workspace.with(
                "vendor.json",
                Stream.concat(Stream.of("secrets", "intake"), Stream.of(command))
                        .toArray(String[]::new)));
    }

    private static CliRun seen(CliRun run) {
        SEEN.add(run.out());
        SEEN.add(run.err());
        return run;
    }

    private static CliRun customer(String offer, String typed) {
        return withInput(typed, () -> CliRun.of("secrets", "intake", "seal", "--stdin", offer));
    }

    private static CliRun withInput(String input, java.util.function.Supplier<CliRun> run) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return seen(run.get());
        } finally {
            System.setIn(before);
        }
    }

    private static String create() {
        return vendor("create", "--name", NAME).succeeded().out().strip();
    }

    @Test
    @Tag("BI-28")
    @Tag("AA-10")
    @Tag("DF-17")
    void handOver_fromAnOfferToAQuery_showsTheSecretToNobody() throws Exception {
        String offer = create();
        CliRun before = seen(workspace.with("vendor.json", "query", "SELECT 1"));
        String wrong = customer(offer, "dose00000000000000000000000000000000\n")
                .succeeded()
                .out();
        CliRun refused = vendor("accept", wrong.strip());
        CliRun vaultThen = seen(workspace.with("vendor.json", "vault", "list").succeeded());
        CliRun sealed = customer(offer, secret + "\n").succeeded();
        CliRun accepted = withInput(
                        sealed.out(), () -> workspace.with("vendor.json", "secrets", "intake", "accept", "-"))
                .succeeded();
        CliRun query =
                seen(workspace.with("vendor.json", "query", "SELECT 41 + 1")).succeeded();
        CliRun vaultNow = seen(workspace.with("vendor.json", "vault", "list").succeeded());

        assertThat(before.exitCode()).isEqualTo(ExitCode.USAGE);
        refused.failedWith(ExitCode.AUTHENTICATION, "stays open", "the sign-in with it failed");
        assertThat(vaultThen.out()).doesNotContain("sealed:acme:" + NAME);
        assertThat(sealed.err()).contains("fingerprint", "tenant 'acme'");
        assertThat(accepted.out()).isEqualTo("sealed:acme:" + NAME + "#1\n");
        assertThat(query.out()).contains("42");
        assertThat(vaultNow.out()).contains("sealed:acme:" + NAME + "#1").doesNotContain("intake/");
        assertThat(vendor("list").succeeded().out()).contains("consumed");
        vendor("accept", sealed.out().strip()).failedWith(ExitCode.CONFLICT, "serves once");
        assertNowhere();
    }

    private static void assertNowhere() throws IOException {
        assertThat(SEEN).hasSizeGreaterThan(20).noneMatch(text -> text.contains(secret));
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .contains("state.db");
            for (Path file : all) {
                // Bytes as characters, so that a secret within a binary file is found.
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void withdrawnIntake_takesNothing() {
        String offer = create();
        String id = vendor("list")
                .out()
                .lines()
                .filter(line -> line.contains("open"))
                .map(line -> line.split(" +")[0])
                .findFirst()
                .orElseThrow();
        CliRun sealed = customer(offer, secret).succeeded();
        vendor("withdraw", id).succeeded();

        vendor("accept", sealed.out().strip()).failedWith(ExitCode.CONFLICT, "was withdrawn");
    }

    @Test
    void badInput_isRefusedByName() {
        vendor("create", "--name", "other").failedWith(ExitCode.USAGE, "${vault:other}");
        vendor("create", "--name", NAME, "--expires", "15d").failedWith(ExitCode.USAGE, "14 days");
        vendor("accept", "lks1.abc").failedWith(ExitCode.USAGE, "sealed message", "copy all of it again");
        vendor("withdraw", "7").failedWith(ExitCode.USAGE, "32 hexadecimal digits");
        customer("lki1.abc", secret).failedWith(ExitCode.USAGE, "offer", "copy all of it again");
    }
}
