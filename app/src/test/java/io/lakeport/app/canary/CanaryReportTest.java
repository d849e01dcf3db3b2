package io.lakeport.app.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultyAnswer;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants a secret wherever one can be given, lets a host do everything with it, well and badly, and searches all that
 * anybody could see. What is found in the memory of the process is reported, with the reason.
 */
@Tag("workspace-inside")
class CanaryReportTest {
    private static final String DEBUGGERS = "log of libraries, DEBUG and below";

    private static final Path REPORT = Path.of("target", "canaries.txt");

    /** What may hold secrets, because a person put them there: the configuration and what it names. */
    private static final List<String> GIVEN = List.of("lakeport.json", ".secret", "stdout.txt");

    @TempDir
    Path folder;

    private final Map<String, String> canaries = new LinkedHashMap<>();
    private final List<String> basics = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    @Test
    @Tag("DF-45")
    @Tag("AA-10")
    void everySecret_isFoundNowhere() throws Exception {
        try (LocalWorkspace workspace = LocalWorkspace.start()) {
            plant(workspace);
            faults(workspace);
            String output = host();
            collect(workspace);
            CanarySearch search = new CanarySearch(canaries, basics, places);
            Map<String, Map<String, Integer>> found = search.counts();
            String done = Files.readString(folder.resolve("out/done.txt"));
            Files.createDirectories(REPORT.toAbsolutePath().getParent());
            Files.writeString(REPORT, search.report(found) + "\nWhat the host did:\n" + done);

            assertThat(done)
                    .as(output)
                    .contains(
                            "token exports to file: done",
                            "rotate: done",
                            "user: done",
                            "sealed queries: done",
                            "literal queries: done");
            assertNowhereButInMemory(found);
            assertThat(places.get("log of Lakeport, every level")).contains("signed in with");
            assertThat(places.get(DEBUGGERS)).contains("com.databricks.sdk.core.ApiClient", "held back");
            assertThat(places.get("exceptions")).contains("Caused by");
        }
    }

    private static void assertNowhereButInMemory(Map<String, Map<String, Integer>> found) {
        assertThat(found).allSatisfy((place, counts) -> {
            Map<String, Integer> unexpected = new LinkedHashMap<>(counts);
            if (place.equals(DEBUGGERS)) {
                // The AWS SDK's signer and the JDK's HTTP client; docs/secrets.md says so.
                unexpected.keySet().removeAll(List.of("S3 session token", "SAS signature"));
            }
            if (!place.startsWith("heap")) {
                assertThat(unexpected.values()).as(place + " " + counts).containsOnly(0);
            }
        });
        for (String heap : List.of("heap, open and idle", "heap, closed")) {
            assertThat(found.get(heap))
                    .as("what the vault keeps is in no memory while nobody signs in")
                    .containsEntry("client secret in the vault", 0);
        }
        assertThat(found.get("heap, open and idle").get("client secret in the configuration"))
                .as("the search of the heap finds what is there")
                .isPositive();
    }

    private String plant(String name, String value) {
        canaries.put(name, value);
        return value;
    }

    private String given(String name, String file, Secret value) throws IOException {
        Files.writeString(folder.resolve(file), plant(name, value.reveal()));
        return value.reveal();
    }

    private void plant(LocalWorkspace workspace) throws IOException {
        Principal acme = workspace.identities().addServicePrincipal("acme");
        Principal literal = workspace.identities().addServicePrincipal("literal");
        given(
                "client secret in the vault",
                "sealed.secret",
                workspace.identities().addSecret(acme, Duration.ofDays(9)));
        given(
                "token of an admin, from a file",
                "token.secret",
                workspace.connection().token());
        given(
                "token that a user entered",
                "user.secret",
                workspace
                        .identities()
                        .addToken(workspace.identities().addUser("jane@example.com"), Duration.ofDays(9)));
        String inline = plant(
                "client secret in the configuration",
                workspace.identities().addSecret(literal, Duration.ofDays(9)).reveal());
        String common =
                "\"isolation\": \"shared_credentials\", \"host\": \"%s\", \"warehouse_id\": \"%s\", \"scope\": {\"object_prefixes\": [\"%s\", \"s3://canary/\", \"abfss://c@canary.dfs.core.windows.net/\"], \"access\": \"write_back\"}"
                        .formatted(
                                workspace.connection().httpUrl(),
                                workspace.connection().warehouseId(),
                                folder.resolve("lake").toUri() + "/");
        StringBuilder json = new StringBuilder("{\"tenants\": {");
        json.append(client("sealed", common, acme, "${vault:databricks/client-secret}", "Acme_Canary/1"))
                .append(",\n");
        json.append(client("literal", common, literal, inline, "Acme_Canary/1")).append(",\n");
        json.append(client("wrong", common, acme, plant("wrong client secret", "dose" + hex("0f")), "Acme_Canary/1"))
                .append(",\n");
        for (String kind : List.of("401", "403", "500", "malformed", "token")) {
            String secret = workspace
                    .identities()
                    .addSecret(literal, Duration.ofDays(9))
                    .reveal();
            if (kind.equals("token")) {
                break;
            }
            json.append(client(
                            "fault" + kind,
                            common,
                            literal,
                            plant("client secret under " + kind, secret),
                            "Acme_Fault" + kind + "/1"))
                    .append(",\n");
        }
        json.append("\"token\": {" + common
                + ", \"auth\": {\"method\": \"pat\", \"secrets\": {\"token\": \"${file:token.secret}\"}}},\n");
        json.append("\"stranger\": {" + common + ", \"auth\": {\"method\": \"pat\", \"secrets\": {\"token\": \""
                + plant("wrong token", "dapi" + hex("0e")) + "\"}}},\n");
        json.append("\"people\": {" + common + ", \"auth\": {\"method\": \"pat\", \"credentials\": \"per_user\"}}},\n");
        json.append("""
                "stores": {
                  "s3": {"root": "s3://canary/", "properties": {"endpoint": "http://127.0.0.1:9", "access_key_id": "AKIACANARY",
                    "region": "us-east-1"}, "secrets": {"secret_access_key": "%s", "session_token": "%s"}},
                  "azure": {"root": "abfss://c@canary.dfs.core.windows.net/", "properties": {"endpoint": "http://127.0.0.1:9/canary"},
                    "secrets": {"sas_token": "sv=2024-01-01&sig=%s"}}},
                "exports": {"signing_key": "%s"},
                "ledger": {"directory": "ledger"},
                "guards": {"retry": {"max_attempts": 2, "initial_backoff": "10ms", "max_backoff": "20ms", "lookup": "1s"}},
                "state": {"provider": "embedded", "properties": {"file": "state/state.db"}},
                "vault": {"keys": "variable", "secrets": {"key": "k1:%s"}}}
                """.formatted(
                        plant("S3 secret key", "S3CANARY" + hex("0a")),
                        plant("S3 session token", "S3SESSIONCANARY" + hex("0b")),
                        plant("SAS signature", "SASCANARY" + hex("0c")),
                        plant("key that signs manifests", "SIGNCANARY" + hex("0d")),
                        plant(
                                "master key of the vault",
                                Base64.getEncoder()
                                        .encodeToString("canary-master-key-of-32-bytes-xy"
                                                .getBytes(StandardCharsets.US_ASCII)))));
        Files.writeString(folder.resolve("lakeport.json"), json);
        for (Principal principal : List.of(acme, literal)) {
            canaries.forEach((name, value) -> basics.add(Base64.getEncoder()
                    .encodeToString((principal.applicationId() + ":" + value).getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String hex(String pair) {
        return pair.repeat(16);
    }

    private static String client(String id, String common, Principal principal, String secret, String agent) {
        return "\"" + id + "\": {" + common + ", \"user_agent\": \"" + agent
                + "\", \"auth\": {\"method\": \"oauth-m2m\", \"properties\": {\"client_id\": \""
                + principal.applicationId() + "\"}, \"secrets\": {\"client_secret\": \"" + secret + "\"}}}";
    }

    private static void faults(LocalWorkspace workspace) {
        for (int status : new int[] {401, 403, 500}) {
            workspace
                    .faults()
                    .when(FaultMatch.request("POST", "/api/2.0/sql/statements").userAgent("Fault" + status))
                    .answer(status);
        }
        workspace
                .faults()
                .when(FaultMatch.any().userAgent("Faultmalformed"))
                .answer(new FaultyAnswer(
                        200, Optional.empty(), Optional.empty(), FaultyAnswer.Body.BROKEN_JSON, Optional.empty()));
    }

    private String host() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CanaryHost.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .start();
        boolean ended = process.waitFor(4, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(folder.resolve("stdout.txt"));
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        return output;
    }

    private void collect(LocalWorkspace workspace) throws IOException {
        Path out = folder.resolve("out");
        places.put("log of Lakeport, every level", latin(out.resolve("log-lakeport.txt")));
        places.put("log of libraries, INFO and above", latin(out.resolve("log-libraries.txt")));
        places.put(DEBUGGERS, latin(out.resolve("log-libraries-debug.txt")));
        places.put("standard output and error", Files.readString(folder.resolve("stdout.txt")));
        places.put("exceptions", Files.readString(out.resolve("exceptions.txt")));
        places.put("toString of every object", Files.readString(out.resolve("tostring.txt")));
        places.put("command line", Files.readString(out.resolve("cli.txt")));
        places.put(
                "URLs and headers that the workspace logged",
                workspace.requests().all().stream().map(LoggedRequest::line).collect(Collectors.joining("\n")));
        places.put("SQL texts of the query history", history());
        places.put("state database", contents(folder.resolve("state")));
        places.put("ledger", contents(folder.resolve("ledger")));
        places.put("exported files and manifests", contents(folder.resolve("lake")));
        places.put("other files of the host", contents(folder));
        places.put("heap, open and idle", heap("heap-idle"));
        places.put("heap, closed", heap("heap-closed"));
    }

    private static String latin(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private String heap(String name) throws IOException {
        return latin(folder.resolve("out/" + name + ".hprof"));
    }

    private String history() {
        try (Lakeport lakeport = Lakeport.builder()
                        .config(ConfigFile.load(folder.resolve("lakeport.json")))
                        .build();
                RowCursor rows = lakeport.tenant("token")
                        .query("SELECT statement_text FROM system.query.history")
                        .rows()) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) {
                all.append(rows.getString(0)).append('\n');
            }
            return all.toString();
        }
    }

    private String contents(Path place) throws IOException {
        StringBuilder all = new StringBuilder();
        if (!Files.exists(place)) {
            return "";
        }
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean given = GIVEN.stream().anyMatch(name::endsWith);
                if (!given && !file.startsWith(folder.resolve("out"))) {
                    all.append(name).append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all.toString();
    }
}
