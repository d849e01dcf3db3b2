package io.lakeport.localworkspace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of clients and features: what was run, what passed, and what failed or was skipped, with the reason. */
final class ConformanceReport {
    /** Clients whose column stands even when they did not run, with what they need. */
    private static final Map<String, String> OPTIONAL = Map.of(
            "Python SQL connector", "mvn -Pclients, Python 3",
            "Python SDK", "mvn -Pclients, Python 3",
            "SQLAlchemy", "mvn -Pclients, Python 3",
            "dbt", "mvn -Pclients, Python 3",
            "Node @databricks/sql", "mvn -Pclients, Node.js");

    private final Map<String, Map<String, List<ConformanceResults.Line>>> byFeature = new TreeMap<>();
    private final Set<String> clients = new TreeSet<>();
    private final List<ConformanceResults.Line> lines;

    ConformanceReport(List<ConformanceResults.Line> lines) {
        this.lines = lines;
        for (ConformanceResults.Line line : lines) {
            clients.add(line.client());
            byFeature
                    .computeIfAbsent(line.feature(), ignored -> new TreeMap<>())
                    .computeIfAbsent(line.client(), ignored -> new ArrayList<>())
                    .add(line);
        }
    }

    String markdown() {
        List<String> text = new ArrayList<>();
        text.add("# Conformance of the local workspace");
        text.add("");
        text.add("Official clients, unmodified. A cell is checks passed of checks run; – is not run for that client.");
        text.add("");
        text.add("| feature | " + String.join(" | ", clients) + " |");
        text.add("|---|" + "---|".repeat(clients.size()));
        byFeature.forEach((feature, cells) -> text.add("| " + feature + " | "
                + clients.stream()
                        .map(client -> cell(cells.getOrDefault(client, List.of())))
                        .collect(Collectors.joining(" | "))
                + " |"));
        text.add("");
        text.add(summary());
        addSection(text, "Failed", ConformanceResults.FAILED);
        addSection(text, "Skipped", ConformanceResults.SKIPPED);
        addMissing(text);
        return String.join("\n", text) + "\n";
    }

    private static String cell(List<ConformanceResults.Line> cell) {
        long run = cell.stream()
                .filter(line -> !line.outcome().equals(ConformanceResults.SKIPPED))
                .count();
        long passed = count(cell, ConformanceResults.PASSED);
        if (run == 0) {
            return cell.isEmpty() ? "–" : "skipped";
        }
        return passed + "/" + run + (passed < run ? " **failed**" : "");
    }

    private String summary() {
        return count(lines, ConformanceResults.PASSED) + " checks passed, " + count(lines, ConformanceResults.FAILED)
                + " failed, " + count(lines, ConformanceResults.SKIPPED) + " skipped; " + clients.size() + " clients, "
                + byFeature.size() + " features.";
    }

    private static long count(List<ConformanceResults.Line> of, String outcome) {
        return of.stream().filter(line -> line.outcome().equals(outcome)).count();
    }

    private void addSection(List<String> text, String title, String outcome) {
        List<String> found = lines.stream()
                .filter(line -> line.outcome().equals(outcome))
                .map(line -> "- " + line.client() + ", " + line.feature() + ": " + line.check() + ": " + line.why())
                .toList();
        if (!found.isEmpty()) {
            text.add("");
            text.add("## " + title);
            text.add("");
            text.addAll(found);
        }
    }

    private void addMissing(List<String> text) {
        List<String> missing = OPTIONAL.entrySet().stream()
                .filter(entry -> clients.stream().noneMatch(client -> client.startsWith(entry.getKey())))
                .map(entry -> "- " + entry.getKey() + " (" + entry.getValue() + ")")
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            text.add("");
            text.add("## Clients that were not run");
            text.add("");
            text.addAll(missing);
        }
    }
}
