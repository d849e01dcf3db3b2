package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions are Java's in Databricks: look-around, back references and possessive quantifiers included. */
public final class Regexps {
    private static final int MOST_PATTERNS = 256;
    private static final Map<String, Pattern> PATTERNS =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
                    return size() > MOST_PATTERNS;
                }
            });

    private Regexps() {}

    private static Pattern pattern(String function, String regex) {
        try {
            return PATTERNS.computeIfAbsent(regex, Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.PATTERN",
                    "22023",
                    "The value of parameter(s) `regexp` in `" + function + "` is invalid: '" + regex + "'.");
        }
    }

    /** Whether a part of the text matches. */
    public static boolean matches(String text, String regex) {
        return pattern("rlike", regex).matcher(text).find();
    }

    /** Returns a group of the first match, empty when there is none. */
    public static String extract(String text, String regex, int group) {
        Matcher m = pattern("regexp_extract", regex).matcher(text);
        requireGroup("regexp_extract", m, group);
        if (!m.find()) {
            return "";
        }
        String found = m.group(group);
        return found == null ? "" : found;
    }

    /** Returns a group of every match. */
    public static List<String> extractAll(String text, String regex, int group) {
        Matcher m = pattern("regexp_extract_all", regex).matcher(text);
        requireGroup("regexp_extract_all", m, group);
        List<String> all = new ArrayList<>();
        while (m.find()) {
            String found = m.group(group);
            all.add(found == null ? "" : found);
        }
        return all;
    }

    private static void requireGroup(String function, Matcher m, int group) {
        if (group < 0 || group > m.groupCount()) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
                    "22023",
                    "The value of parameter(s) `idx` in `" + function
                            + "` is invalid: Expects group index between 0 and " + m.groupCount() + ", but got " + group
                            + ".");
        }
    }

    /** Replaces every match from a position, which counts from 1. */
    public static String replace(String text, String regex, String replacement, int position) {
        if (position - 1 >= text.length() && !(position == 1 && text.isEmpty())) {
            return text;
        }
        Matcher m = pattern("regexp_replace", regex).matcher(text);
        m.region(position - 1, text.length());
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, replacement);
        }
        return m.appendTail(out).toString();
    }

    /** Returns the number of matches. */
    public static int count(String text, String regex) {
        return (int) pattern("regexp_count", regex).matcher(text).results().count();
    }

    /** Returns the place of the first match from 1, 0 when there is none. */
    public static int position(String text, String regex) {
        Matcher m = pattern("regexp_instr", regex).matcher(text);
        return m.find() ? text.codePointCount(0, m.start()) + 1 : 0;
    }

    /** Returns the parts of a text between matches; at most {@code limit} when that is positive. */
    public static List<String> split(String text, String regex, int limit) {
        if (regex.isEmpty()) {
            List<String> characters = new ArrayList<>();
            int[] points = text.codePoints().toArray();
            int count = limit > 0 && limit < points.length ? limit : points.length;
            for (int i = 0; i < count; i++) {
                characters.add(new String(points, i, 1));
            }
            return points.length == 0 ? List.of("") : characters;
        }
        return List.of(pattern("split", regex).split(text, limit == 0 ? -1 : limit));
    }
}
