package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    private static Path driver() throws Exception {
        return Path.of(DuckDBDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Test
    void unpacked_byManyAtOnce_isMadeOnceAndLoads(@TempDir Path directory) throws Exception {
        Path cache = directory.resolve("cache");
        ExecutorService starts = Executors.newFixedThreadPool(2);
        try {
            Callable<Path> start = () -> new NativeCache(cache).unpacked(driver());
            List<Future<Path>> slims = starts.invokeAll(List.of(start, start));
            assertThat(slims.get(0).get()).isEqualTo(slims.get(1).get()).startsWith(cache);
            try (Stream<Path> left = Files.list(cache)) {
                assertThat(left).hasSize(1);
            }
            assertThat(answer(slims.get(0).get())).isEqualTo("42");
        } finally {
            starts.shutdownNow();
        }
    }

    @Test
    void unpacked_whereNothingCanBeWritten_isTheDriverItself(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThat(new NativeCache(file).unpacked(driver())).isEqualTo(driver());
    }

    /** A JVM whose temporary directory does not exist cannot unpack anything: only the cached library can answer. */
    private static String answer(Path slim) throws IOException, InterruptedException {
        Path source = Files.writeString(slim.resolveSibling("Ask.java"), """
                public class Ask {
                    public static void main(String[] args) throws Exception {
                        try (var c = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                                var rows = c.createStatement().executeQuery("SELECT 42")) {
                            rows.next();
                            System.out.println(rows.getString(1));
                        }
                    }
                }
                """);
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Djava.io.tmpdir=" + slim.resolveSibling("none"),
                        "-cp",
                        slim.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
