package io.lakeport.testkit.features;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How coverage reads: a document with every line, and a summary for the console. */
final class CoverageText {
    private CoverageText() {}

    static String document(Coverage coverage) {
        StringBuilder text = new StringBuilder("# Which features have a passing test\n\n");
        text.append(total(coverage))
                .append(" A line counts as proved when a test that is tagged with its id passed in the"
                        + " last run of its class; W marks lines whose last mile needs a real workspace.\n");
        coverage.bySystem().forEach((system, lines) -> section(text, coverage, system, lines));
        return text.toString();
    }

    private static void section(StringBuilder text, Coverage coverage, String system, List<FeatureLine> lines) {
        text.append("\n## ")
                .append(system)
                .append(": ")
                .append(share(coverage, lines))
                .append("\n\n### Proved\n\n");
        for (FeatureLine line : lines) {
            if (coverage.isProved(line)) {
                text.append("- ")
                        .append(name(line))
                        .append(' ')
                        .append(line.text())
                        .append('\n');
                coverage.proofs(line)
                        .forEach(test -> text.append("  - `").append(test).append("`\n"));
            }
        }
        text.append("\n### No passing test yet\n\n");
        for (FeatureLine line : lines) {
            if (!coverage.isProved(line)) {
                text.append("- ")
                        .append(name(line))
                        .append(' ')
                        .append(line.text())
                        .append('\n');
            }
        }
    }

    static String summary(Coverage coverage, Path report) {
        StringBuilder text = new StringBuilder(total(coverage)).append('\n');
        for (Map.Entry<String, List<FeatureLine>> entry : coverage.bySystem().entrySet()) {
            text.append(String.format(Locale.ROOT, "  %-10s %s%n", entry.getKey(), share(coverage, entry.getValue())));
        }
        return text.append("  which, and by which tests: ")
                .append(report)
                .append('\n')
                .toString();
    }

    private static String total(Coverage coverage) {
        return "Features with a passing test: " + share(coverage, coverage.lines()) + ".";
    }

    private static String share(Coverage coverage, List<FeatureLine> lines) {
        return lines.stream().filter(coverage::isProved).count() + " of " + lines.size();
    }

    private static String name(FeatureLine line) {
        return "**" + line.id() + "**" + (line.needsWorkspace() ? " (W)" : "");
    }
}
