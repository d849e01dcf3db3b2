package io.lakeport.storage.abfss;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Microsoft's emulator of Azure storage, installed by npm, in a process of its own on a free loopback port. */
final class LocalAzurite implements AutoCloseable {
    static final String ACCOUNT = "devstoreaccount1";
    static final String CONTAINER = "exports";
    /** Published by Microsoft; it opens nothing but emulators. */
    static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String VERSION = "3.35.0";

    private final Process server;
    private final int port;

    LocalAzurite(Path directory) throws Exception {
        Path program = install().resolve("node_modules/azurite/dist/src/blob/main.js");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(
                        "node",
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        String.valueOf(port),
                        "--location",
                        directory.toString(),
                        "--silent",
                        "--disableTelemetry")
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains("successfully listens")) {
            line = said.readLine();
        }
        createContainer();
    }

    private static Path install() throws IOException, InterruptedException {
        Path home = Path.of("target", "azurite-" + VERSION).toAbsolutePath();
        if (!Files.exists(home.resolve("package-lock.json"))) {
            Files.createDirectories(home);
            run(home, "npm", "install", "--prefix", ".", "--no-audit", "--no-fund", "--silent", "azurite@" + VERSION);
        }
        return home;
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    private void createContainer() throws IOException, InterruptedException {
        URI url = URI.create(endpoint() + "/" + CONTAINER + "?restype=container");
        Map<String, String> headers =
                Map.of("x-ms-date", "Sun, 01 Jan 2023 00:00:00 GMT", "x-ms-version", "2021-12-02");
        HttpRequest.Builder request = HttpRequest.newBuilder(url).method("PUT", HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        new SharedKey(ACCOUNT, Secret.of(KEY))
                .prove("PUT", url, headers, 0)
                .headers()
                .forEach(request::header);
        int status = HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("the container was not made: HTTP " + status);
        }
    }

    ObjectStore store(String path, Map<String, Secret> secrets, Guard guard) {
        return store(path, Map.of(), secrets, guard);
    }

    ObjectStore store(String path, Map<String, String> more, Map<String, Secret> secrets, Guard guard) {
        Map<String, String> properties = new HashMap<>(Map.of("endpoint", endpoint()));
        properties.putAll(more);
        return new AbfssObjectStoreProvider()
                .open(new ObjectStoreContext(
                        URI.create("abfss://" + CONTAINER + "@" + ACCOUNT + ".dfs.core.windows.net" + path),
                        properties,
                        secrets,
                        TenantId.of("acme"),
                        UserAgentEntry.parse("Acme_Test/1.2"),
                        guard));
    }

    static Map<String, Secret> key() {
        return Map.of("account_key", Secret.of(KEY));
    }

    /** Makes a service SAS of the container. */
    static Map<String, Secret> sas(String permissions, Instant end) throws Exception {
        String se = end.truncatedTo(ChronoUnit.SECONDS).toString();
        String version = "2020-12-06";
        String text = String.join(
                "\n",
                permissions,
                "",
                se,
                "/blob/" + ACCOUNT + "/" + CONTAINER,
                "",
                "",
                "",
                version,
                "c",
                "",
                "",
                "",
                "",
                "",
                "",
                "");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return Map.of(
                "sas_token",
                Secret.of("?sv=" + version + "&sr=c&sp=" + permissions + "&se=" + AbfssPlace.encode(se) + "&sig="
                        + AbfssPlace.encode(signature)));
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
