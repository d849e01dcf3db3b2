package io.lakeport.core.export.advice;

import java.util.List;
import java.util.Locale;

/** What a column's name says its time is of. In the order in which a watermark is chosen. */
enum NamedFor {
    /** When the row was last written: what a watermark must be. */
    CHANGE(List.of("updated", "modified", "changed", "loaded", "ingested", "synced", "refreshed", "upserted")),
    /** When the row was first written: a watermark for rows that never change. */
    CREATION(List.of("created", "inserted", "added", "registered")),
    /** When something happened outside the table. */
    EVENT(List.of(
            "posted",
            "event",
            "occurred",
            "happened",
            "ordered",
            "shipped",
            "sent",
            "received",
            "published",
            "paid",
            "order",
            "due",
            "birth",
            "start",
            "end",
            "date",
            "time")),
    UNKNOWN(List.of());

    private final List<String> words;

    NamedFor(List<String> words) {
        this.words = words;
    }

    static NamedFor of(String column) {
        List<String> parts = List.of(column.replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z]+"));
        for (NamedFor meaning : values()) {
            if (parts.stream().anyMatch(meaning.words::contains)
                    || meaning.words.stream()
                            .anyMatch(word -> word.length() > 5
                                    && column.toLowerCase(Locale.ROOT).contains(word))) {
                return meaning;
            }
        }
        return UNKNOWN;
    }
}
