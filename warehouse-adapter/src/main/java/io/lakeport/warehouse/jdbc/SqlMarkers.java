package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the {@code :name} markers of a statement. It knows what may hide a colon in Databricks SQL: texts in either
 * quote with backslash escapes, raw texts ({@code r'…'}), quoted names, both comments (the bracketed one nests), and
 * {@code $$} bodies.
 */
final class SqlMarkers {
    private final String sql;
    private final List<Marker> found = new ArrayList<>();
    private int at;

    /**
     * A marker.
     *
     * @param name its name, without the colon
     * @param start position of the colon
     * @param end position after the name
     */
    record Marker(String name, int start, int end) {}

    private SqlMarkers(String sql) {
        this.sql = sql;
    }

    /** Returns the markers in order; a bare {@code ?} is refused, because positions would then mean two things. */
    static List<Marker> in(String sql) {
        SqlMarkers markers = new SqlMarkers(sql);
        while (markers.at < sql.length()) {
            markers.step();
        }
        return List.copyOf(markers.found);
    }

    private void step() {
        switch (sql.charAt(at)) {
            case '\'', '"' -> skipText(sql.charAt(at));
            case '`' -> skipTo("`", at + 1);
            case '-' -> skipIf("--", "\n");
            case '$' -> skipIf("$$", "$$");
            case '/' -> skipComment();
            case ':' -> colon();
            case '?' -> questionMark();
            default -> at++;
        }
    }

    private void skipText(char quote) {
        boolean raw = at > 0 && (sql.charAt(at - 1) | 0x20) == 'r' && (at == 1 || !isNamePart(sql.charAt(at - 2)));
        at++;
        while (at < sql.length() && sql.charAt(at) != quote) {
            at += sql.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        at++;
    }

    private void skipTo(String end, int from) {
        int found = sql.indexOf(end, from);
        at = found < 0 ? sql.length() : found + end.length();
    }

    private void skipIf(String begin, String end) {
        if (sql.startsWith(begin, at)) {
            skipTo(end, at + begin.length());
        } else {
            at++;
        }
    }

    private void skipComment() {
        if (!sql.startsWith("/*", at)) {
            at++;
            return;
        }
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private void colon() {
        if (sql.startsWith("::", at)) {
            at += 2;
            return;
        }
        int start = at++;
        if (at == sql.length() || !isNameStart(sql.charAt(at)) || isPath(start)) {
            return;
        }
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        found.add(new Marker(sql.substring(start + 1, at), start, at));
    }

    /** A colon directly after a name or an expression reaches into JSON, or names the type of a field. */
    private boolean isPath(int colon) {
        return colon > 0 && (isNamePart(sql.charAt(colon - 1)) || "`)]\"'".indexOf(sql.charAt(colon - 1)) >= 0);
    }

    private void questionMark() {
        if (!sql.startsWith("?::", at)) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "the statement mixes named parameters with a '?' at character " + at
                            + "; name every parameter as :name");
        }
        at += 3;
    }

    private static boolean isNameStart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9';
    }
}
