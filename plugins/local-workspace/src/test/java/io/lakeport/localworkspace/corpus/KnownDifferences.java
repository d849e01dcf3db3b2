package io.lakeport.localworkspace.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of statements whose answer differs from Spark's. {@code == kind: reason} begins a section, every line after it
 * names a file and a statement: {@code strings.test: SELECT …}. The kinds:
 *
 * <ul>
 *   <li>{@code refused}: the engine says that it does not do this
 *   <li>{@code error}: both fail, with different classes
 *   <li>{@code different}: the engine answers otherwise
 * </ul>
 */
final class KnownDifferences {
    private static final Pattern SECTION = Pattern.compile("== (refused|error|different): (.+)");

    /** What is known of one statement. */
    record Known(String kind, String reason) {}

    private KnownDifferences() {}

    /** Returns what is known by file and statement. */
    static Map<String, Known> parse(String text) {
        Map<String, Known> known = new LinkedHashMap<>();
        Known section = new Known("different", "");
        for (String line : text.lines().toList()) {
            Matcher begins = SECTION.matcher(line);
            if (begins.matches()) {
                section = new Known(begins.group(1), begins.group(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                if (known.put(line, section) != null) {
                    throw new IllegalArgumentException("The list of differences names twice: " + line);
                }
            }
        }
        return known;
    }

    /** Returns the kind of a difference between two answers. */
    static String kind(java.util.List<String> expected, java.util.List<String> actual) {
        String answer = actual.get(0);
        if (answer.matches("! (UNSUPPORTED_\\w+(\\.\\w+)?|UNRESOLVED_ROUTINE|UNRESOLVABLE_TABLE_VALUED_FUNCTION"
                + "|CONFIG_NOT_AVAILABLE) .*")) {
            return "refused";
        }
        return answer.startsWith("!") && expected.get(0).startsWith("!") ? "error" : "different";
    }
}
