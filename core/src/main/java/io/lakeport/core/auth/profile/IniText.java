package io.lakeport.core.auth.profile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the INI that Databricks' tools write and read: sections, {@code key = value}, comments on lines of their own.
 * Section DEFAULT is a profile like another; nothing is inherited from it, which is how those tools have it.
 */
final class IniText {
    private IniText() {}

    /**
     * Returns keys and values by section, in the order of the file; keys in lower case, empty values left out.
     *
     * @throws IllegalArgumentException naming the line that is no INI; the message holds nothing of the line
     */
    static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> current = null;
        int number = 0;
        for (String raw : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                current = section(sections, line, number);
            } else if (current == null) {
                throw new IllegalArgumentException("line " + number + " stands before the first [section]");
            } else {
                entry(current, line, number);
            }
        }
        return sections;
    }

    private static Map<String, String> section(Map<String, Map<String, String>> sections, String line, int number) {
        int end = line.indexOf(']');
        String rest = end < 0 ? "" : line.substring(end + 1).strip();
        if (end < 2 || !(rest.isEmpty() || rest.startsWith("#") || rest.startsWith(";"))) {
            throw new IllegalArgumentException("line " + number + " begins a section and does not end it by ']'");
        }
        String name = line.substring(1, end).strip();
        if (sections.containsKey(name)) {
            throw new IllegalArgumentException("line " + number + " begins section '" + name
                    + "' a second time; it cannot be known which of the two is meant");
        }
        Map<String, String> section = new LinkedHashMap<>();
        sections.put(name, section);
        return section;
    }

    private static void entry(Map<String, String> section, String line, int number) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        int split = equals < 0 ? colon : equals;
        if (split < 1) {
            throw new IllegalArgumentException("line " + number + " is neither a section nor 'key = value'");
        }
        String key = line.substring(0, split).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(split + 1).strip();
        if (section.containsKey(key)) {
            throw new IllegalArgumentException("line " + number + " gives key '" + key + "' a second time");
        }
        if (!value.isEmpty()) {
            section.put(key, value);
        }
    }
}
