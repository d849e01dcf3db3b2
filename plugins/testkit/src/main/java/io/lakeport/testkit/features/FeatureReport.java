package io.lakeport.testkit.features;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sets the lines of {@code docs/features.md} beside the tests that ran, writes {@code target/feature-coverage.md} and
 * prints a summary. Run by the last module of the build, on whatever modules have run their tests.
 */
public final class FeatureReport {
    private FeatureReport() {}

    /**
     * Reports on a tree.
     *
     * @param arguments the root directory of the project
     * @throws IllegalStateException listing tags that name no line and tagged tests that failed, after the report was
     *     written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: FeatureReport ROOT, the directory that holds docs/features.md");
        }
        run(Path.of(arguments[0]), System.out);
    }

    static void run(Path root, PrintStream out) throws IOException {
        List<FeatureLine> lines = FeatureLine.parse(Files.readAllLines(root.resolve("docs/features.md")));
        Coverage coverage = Coverage.of(lines, TaggedTest.readAll(root));
        Path report = root.resolve("target").resolve("feature-coverage.md");
        Files.createDirectories(root.resolve("target"));
        Files.writeString(report, CoverageText.document(coverage));
        out.print(CoverageText.summary(coverage, root.relativize(report)));
        List<String> problems = coverage.problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("feature tags are wrong:\n  " + String.join("\n  ", problems));
        }
    }
}
