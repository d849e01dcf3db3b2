package io.lakeport.app.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution that {@code package} laid out, and processes started from it. */
final class Distribution {
    static final Path HOME = Path.of("target/dist").toAbsolutePath();
    static final Path LIB = HOME.resolve("lib");
    private static final long LONGEST_SECONDS = 120;

    private Distribution() {}

    /** Returns the JDKs of this machine that can run Lakeport: the one running the tests first. */
    static List<Path> javas() throws IOException {
        List<Path> javas = new ArrayList<>();
        javas.add(Path.of(System.getProperty("java.home"), "bin", "java"));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> homes = Files.list(installed)) {
                homes.filter(home -> feature(home) > 17)
                        .filter(home -> !Files.isSymbolicLink(home))
                        .map(home -> home.resolve("bin/java"))
                        .sorted()
                        .forEach(javas::add);
            }
        }
        return javas;
    }

    private static int feature(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns the jar of the example plugin, which the build makes before this module. */
    static Path sampleConnector() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../plugins/sample-connector/target"))) {
            return files.filter(file ->
                            file.getFileName().toString().matches("lakeport-sample-connector-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static List<String> onModulePath(Path java) {
        return List.of(java.toString(), "-p", LIB.toString(), "-m", "io.lakeport.app/io.lakeport.app.cli.Main");
    }

    static List<String> onClassPath(Path java) {
        return List.of(java.toString(), "-cp", LIB.resolve("*").toString(), "io.lakeport.app.cli.Main");
    }

    /** What a process wrote and how it ended. */
    record Run(int exitCode, String out, String err) {}

    static Run run(List<String> command, String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile("lakeport", ".out");
        Path err = Files.createTempFile("lakeport", ".err");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(args));
        try {
            Process process = new ProcessBuilder(all)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + all);
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
