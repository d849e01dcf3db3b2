package io.lakeport.localworkspace.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What clients were seen to do: a file for each test class, so that running one class does not forget the others. */
final class ConformanceResults {
    static final String PASSED = "passed";
    static final String FAILED = "failed";
    static final String SKIPPED = "skipped";

    private static final int FIELDS = 5;
    private static final Map<String, List<String>> LINES = new HashMap<>();

    private ConformanceResults() {}

    /**
     * One check of one client.
     *
     * @param outcome passed, failed or skipped
     * @param why what failed or why it was skipped, empty otherwise
     */
    record Line(String client, String feature, String check, String outcome, String why) {
        private String text() {
            return String.join("\t", flat(client), flat(feature), flat(check), outcome, flat(why));
        }

        private static String flat(String text) {
            String line = text.replaceAll("\\s+", " ").strip();
            return line.length() > 300 ? line.substring(0, 300) + " …" : line;
        }
    }

    /** Returns the directory of the files: beside the one in which features are noted. */
    static Path directory() {
        return Path.of(System.getProperty("lakeport.features.out", "target/feature-coverage"))
                .resolveSibling("conformance");
    }

    /** Notes a check; the first one of a class replaces what an earlier run noted. */
    static synchronized void note(String testClass, Line line) {
        List<String> lines = LINES.computeIfAbsent(testClass, ignored -> new ArrayList<>());
        lines.add(line.text());
        try {
            Files.createDirectories(directory());
            Files.write(directory().resolve(testClass + ".tsv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory(), e);
        }
    }

    /** Returns everything noted in a directory, in the order of its files. */
    static List<Line> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Line> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
                for (String text : Files.readAllLines(file)) {
                    String[] f = text.split("\t", FIELDS);
                    all.add(new Line(f[0], f[1], f[2], f[3], f[4]));
                }
            }
        }
        return all;
    }
}
