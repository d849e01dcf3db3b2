package io.lakeport.benchmarks;

import io.lakeport.app.config.StoreSettings;
import io.lakeport.core.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the S3 server in a process of its own, on a directory whose buckets are its folders. */
final class ObjectServer implements AutoCloseable {
    static final String BUCKET = "exports";
    static final String ACCESS_KEY = "AKIDLOCAL";
    static final String SECRET_KEY = "a secret access key of the benchmark";

    private final Process process;
    private final int port;

    ObjectServer(Path directory) throws IOException {
        Files.createDirectories(directory.resolve(BUCKET));
        process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.lakeport.benchmarks.S3Process",
                        directory.toString(),
                        ACCESS_KEY,
                        SECRET_KEY)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IllegalStateException("the S3 server did not start");
        }
        port = Integer.parseInt(line);
    }

    int port() {
        return port;
    }

    /** Returns what a host needs to write there. */
    static StoreSettings settings(int port) {
        return new StoreSettings(
                URI.create("s3://" + BUCKET + "/"),
                Map.of("endpoint", "http://127.0.0.1:" + port, "access_key_id", ACCESS_KEY),
                Map.of("secret_access_key", Secret.of(SECRET_KEY)));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
