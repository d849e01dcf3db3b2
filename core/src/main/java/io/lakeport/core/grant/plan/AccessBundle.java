package io.lakeport.core.grant.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of work, each with the least rights that it needs. */
public enum AccessBundle {
    /** Queries. */
    READ("read tables and views"),
    /** Writing results into schemas of the customer. */
    WRITE_BACK("write tables in target schemas"),
    /** Reading and writing files at external locations. */
    EXPORT("read or write external locations"),
    /** Reading the system tables. */
    MONITORING("read system tables");

    private final String words;

    AccessBundle(String words) {
        this.words = words;
    }

    /** Returns what it is for. */
    public String words() {
        return words;
    }

    /** Returns the name that people write, for example {@code write-back}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns every label. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(AccessBundle::label).toList();
    }
}
