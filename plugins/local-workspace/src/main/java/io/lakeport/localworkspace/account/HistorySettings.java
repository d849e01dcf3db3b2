package io.lakeport.localworkspace.account;

import java.util.Locale;

/**
 * Which account history to make.
 *
 * @param months how many months it reaches back from today, 1 to 36
 * @param seed the same seed on the same day makes the same history
 */
public record HistorySettings(int months, long seed) {
    private static final int MAX_MONTHS = 36;

    public HistorySettings {
        if (months < 1 || months > MAX_MONTHS) {
            throw new IllegalArgumentException(
                    "An account history needs months from 1 to " + MAX_MONTHS + ", but got " + months);
        }
    }

    /**
     * Reads {@code months=6,seed=42}; either may be left out, then they are 6 and 42.
     *
     * @throws IllegalArgumentException with a sentence for the user when it is written otherwise
     */
    public static HistorySettings parse(String text) {
        int months = 6;
        long seed = 42;
        for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
            String trimmed = part.trim();
            if (trimmed.matches("months=\\d{1,3}")) {
                months = Integer.parseInt(trimmed.substring(7));
            } else if (trimmed.matches("seed=-?\\d{1,18}")) {
                seed = Long.parseLong(trimmed.substring(5));
            } else {
                throw new IllegalArgumentException(
                        "An account history is written as months=6,seed=42, but got " + text);
            }
        }
        return new HistorySettings(months, seed);
    }
}
