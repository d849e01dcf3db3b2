package io.lakeport.app.plugin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found, and what became of it.
 *
 * @param entries one for each provider, and one for each plugin or jar that could not be read at all
 */
public record PluginReport(List<Entry> entries) {
    /** What became of a provider. */
    public enum Status {
        /** It can be chosen. */
        ACTIVE,
        /** It works, and a plugin's provider of the same name stands in its place. */
        REPLACED,
        /** It cannot be used; the problem says why. */
        QUARANTINED
    }

    /**
     * One provider, or one thing that could not be read.
     *
     * @param origin {@code host}, or the name of the plugin's directory
     * @param kind what it provides, for example {@code warehouse}; empty text when that is not known
     * @param name the name by which it is chosen; empty text when it could not be asked
     * @param type class name, or file name of a jar that cannot be read
     * @param status what became of it
     * @param problem what is wrong and what to do; empty when nothing is
     */
    public record Entry(String origin, String kind, String name, String type, Status status, Optional<String> problem) {
        public Entry {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(problem, "problem");
        }
    }

    public PluginReport {
        entries = List.copyOf(entries);
    }

    /** Returns the entries that cannot be used. */
    public List<Entry> quarantined() {
        return entries.stream()
                .filter(entry -> entry.status() == Status.QUARANTINED)
                .toList();
    }
}
