package io.lakeport.testkit.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureReportTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void writeDocument() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/features.md"), """
                ## Akkio: embeds
                | ID | | What |
                |---|---|---|
                | AK-01 | E | One. |
                | AK-02 | W | Two. |
                ## Birdie: imports
                | BI-01 | E | Three. |
                """);
    }

    @Test
    void run_testsOfSeveralModules_listsProvedAndUnprovedLines() throws IOException {
        ran("core", "AK-01\ta.FooTest#x\tpassed", "slow\ta.FooTest#x\tpassed");
        ran("plugins/testkit", "AK-02\tb.BarTest#y\tskipped");
        run();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Features with a passing test: 1 of 3.", "Akkio      1 of 2", "Birdie     0 of 1");
        assertThat(root.resolve("target/feature-coverage.md"))
                .content()
                .contains("- **AK-01** One.\n  - `a.FooTest#x`", "- **AK-02** (W) Two.", "- **BI-01** Three.");
    }

    @Test
    void run_tagThatNamesNoLine_failsAndSaysWhichTest() throws IOException {
        ran("core", "AK-99\ta.FooTest#x\tpassed");
        assertThatThrownBy(this::run)
                .hasMessageContaining("a.FooTest#x is tagged AK-99, which names no line of docs/features.md");
        assertThat(root.resolve("target/feature-coverage.md")).exists();
    }

    @Test
    void run_taggedTestThatFailed_fails() throws IOException {
        ran("core", "AK-01\ta.FooTest#x\tfailed", "AK-01\ta.FooTest#y\tpassed");
        assertThatThrownBy(this::run).hasMessageContaining("a.FooTest#x, which is to prove AK-01, failed");
    }

    @Test
    void run_noTestRan_reportsNothingProved() throws IOException {
        run();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("0 of 3");
    }

    @Test
    void theDocument_holdsTheWholeMission() throws IOException {
        Path document = Path.of("../../docs/features.md");
        assertThat(FeatureLine.parse(Files.readAllLines(document)).stream()
                        .collect(Collectors.groupingBy(FeatureLine::system, Collectors.counting())))
                .containsOnly(
                        java.util.Map.entry("Akkio", 43L),
                        java.util.Map.entry("Aampe", 53L),
                        java.util.Map.entry("Dataiku", 54L),
                        java.util.Map.entry("DataFlint", 49L),
                        java.util.Map.entry("Birdie", 32L));
    }

    private void ran(String module, String... lines) throws IOException {
        Path directory = Files.createDirectories(root.resolve(module).resolve("target/feature-coverage"));
        Files.write(directory.resolve("a.tsv"), java.util.List.of(lines));
    }

    private void run() throws IOException {
        FeatureReport.run(root, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
