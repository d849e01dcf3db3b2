package io.lakeport.app.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is shipped, compared with files in {@code src/test/golden}: a new dependency, export or provider is a decision
 * and not an accident. To accept a change, run with {@code -Dlakeport.golden=update} and commit the files.
 */
class GoldenIT {
    private static final Path GOLDEN = Path.of("src/test/golden");

    @ParameterizedTest
    @ValueSource(strings = {"core", "auth", "app", "warehouse-adapter", "storage-adapter", "audit-adapter"})
    void describeModule_ofOurJars_isAsAgreed(String module) throws IOException {
        StringWriter text = new StringWriter();
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        new PrintWriter(text),
                        new PrintWriter(text),
                        "--describe-module",
                        "--file",
                        jar(module).toString());
        assertThat(code).as(text.toString()).isZero();
        // The first line names the jar by its absolute path.
        String described = text.toString()
                .lines()
                .map(line -> line.replaceAll(" jar:file:.*", ""))
                .filter(line -> !line.isBlank())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));

        compare("module-" + module + ".txt", described);
    }

    private static Path jar(String module) throws IOException {
        try (Stream<Path> jars = Files.list(Distribution.LIB)) {
            return jars.filter(jar -> jar.getFileName().toString().matches("lakeport-" + module + "-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void runtimeDependencies_areAsAgreed() throws IOException {
        compare("dist-lib.txt", names(Distribution.LIB));
        compare("dist-plugin-local-workspace.txt", names(Distribution.HOME.resolve("plugins/local-workspace")));
    }

    private static String names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static void compare(String name, String actual) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if ("update".equals(System.getProperty("lakeport.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, actual);
        }
        List<String> expected = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
        assertThat(actual.lines().toList())
                .as("%s has changed; if that is meant, run with -Dlakeport.golden=update and commit it", golden)
                .isEqualTo(expected);
    }
}
