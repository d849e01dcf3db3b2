package io.lakeport.testkit.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code docs/features.md}.
 *
 * @param id stable, for example {@code AK-20}
 * @param system heading under which it stands, up to the colon
 * @param needsWorkspace whether its last mile needs a real workspace
 * @param text what must be true
 */
record FeatureLine(String id, String system, boolean needsWorkspace, String text) {
    private static final Pattern HEADING = Pattern.compile("## ([^:]+).*");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]{2}-\\d{2}) \\| ([EW]) \\| (.+) \\|");

    FeatureLine {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Reads the document.
     *
     * @throws IllegalArgumentException when an id stands twice, or no line is found
     */
    static List<FeatureLine> parse(List<String> document) {
        List<FeatureLine> lines = new ArrayList<>();
        String system = "";
        for (String text : document) {
            Matcher heading = HEADING.matcher(text);
            Matcher row = ROW.matcher(text);
            if (heading.matches()) {
                system = heading.group(1);
            } else if (row.matches()) {
                lines.add(new FeatureLine(row.group(1), system, row.group(2).equals("W"), row.group(3)));
            }
        }
        long ids = lines.stream().map(FeatureLine::id).distinct().count();
        if (lines.isEmpty() || ids != lines.size()) {
            throw new IllegalArgumentException("the feature document has " + lines.size() + " lines with " + ids
                    + " different ids; expected rows such as '| AK-01 | E | text |', each id once");
        }
        return List.copyOf(lines);
    }
}
