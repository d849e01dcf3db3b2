package io.lakeport.core.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one was meant to be. */
public final class NearestName {
    private NearestName() {}

    /** Returns the known name within a few edits of {@code wrong}, empty when none is near enough. */
    public static Optional<String> to(String wrong, Collection<String> known) {
        String lower = normal(wrong);
        int allowed = Math.max(1, Math.min(3, lower.length() / 2));
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(lower, normal(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(lower, normal(name)) <= allowed);
    }

    /** Returns {@code "; did you mean 'x'?"}, or an empty text when nothing is near. */
    public static String hint(String wrong, Collection<String> known) {
        return to(wrong, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "_");
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
