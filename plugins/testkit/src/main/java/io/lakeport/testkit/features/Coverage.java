package io.lakeport.testkit.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lines and the tests that name them.
 *
 * @param lines every line, in the order of the document
 * @param tests every tag that looks like the id of a line
 */
record Coverage(List<FeatureLine> lines, List<TaggedTest> tests) {
    Coverage {
        lines = List.copyOf(lines);
        tests = List.copyOf(tests);
    }

    static Coverage of(List<FeatureLine> lines, List<TaggedTest> tests) {
        return new Coverage(
                lines, tests.stream().filter(TaggedTest::namesAFeature).toList());
    }

    /** Returns the lines under each heading, in the order of the document. */
    Map<String, List<FeatureLine>> bySystem() {
        return lines.stream()
                .collect(Collectors.groupingBy(FeatureLine::system, LinkedHashMap::new, Collectors.toList()));
    }

    /** Returns the names of the tests that prove a line. */
    Set<String> proofs(FeatureLine line) {
        return tests.stream()
                .filter(test -> test.passed() && test.tag().equals(line.id()))
                .map(TaggedTest::test)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isProved(FeatureLine line) {
        return tests.stream().anyMatch(test -> test.passed() && test.tag().equals(line.id()));
    }

    /** Returns what must be put right before the numbers can be believed, one sentence each. */
    List<String> problems() {
        Set<String> ids = lines.stream().map(FeatureLine::id).collect(Collectors.toSet());
        List<String> problems = new ArrayList<>();
        for (TaggedTest test : tests) {
            if (!ids.contains(test.tag())) {
                problems.add(test.test() + " is tagged " + test.tag()
                        + ", which names no line of docs/features.md; correct the tag or add the line");
            }
            if (test.outcome().equals("failed")) {
                problems.add(test.test() + ", which is to prove " + test.tag() + ", failed");
            }
        }
        return List.copyOf(new TreeSet<>(problems));
    }
}
