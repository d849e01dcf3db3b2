package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.LinkedHashMap;
import java.util.Map;

/** Spark's patterns of dates in files, as DuckDB writes them. */
final class DateFormats {
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("yyyy", "%Y");
        PARTS.put("yy", "%y");
        PARTS.put("MMMM", "%B");
        PARTS.put("MMM", "%b");
        PARTS.put("MM", "%m");
        PARTS.put("M", "%-m");
        PARTS.put("dd", "%d");
        PARTS.put("d", "%-d");
        PARTS.put("HH", "%H");
        PARTS.put("H", "%-H");
        PARTS.put("hh", "%I");
        PARTS.put("mm", "%M");
        PARTS.put("ss", "%S");
        PARTS.put("SSSSSS", "%f");
        PARTS.put("SSS", "%g");
        PARTS.put("a", "%p");
        PARTS.put("XXX", "%z");
        PARTS.put("X", "%z");
    }

    private DateFormats() {}

    static String duck(String pattern) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = pattern.indexOf('\'', at + 1);
                out.append(pattern, at + 1, end < 0 ? pattern.length() : end);
                at = end < 0 ? pattern.length() : end + 1;
                continue;
            }
            while (end < pattern.length() && pattern.charAt(end) == c) {
                end++;
            }
            String run = pattern.substring(at, end);
            String part = PARTS.get(run);
            if (part == null && Character.isLetter(c) || c == '[' || c == ']') {
                throw SqlErrors.unsupported("the pattern " + pattern + " for dates in files");
            }
            out.append(part == null ? run.replace("%", "%%") : part);
            at = end;
        }
        return out.toString();
    }
}
