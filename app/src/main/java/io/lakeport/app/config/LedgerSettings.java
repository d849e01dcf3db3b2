package io.lakeport.app.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the statement ledger is kept.
 *
 * @param provider name of the ledger provider
 * @param directory where it keeps its files, empty to remember in memory only, for as long as the process runs
 */
public record LedgerSettings(String provider, Optional<Path> directory) {
    public LedgerSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(directory, "directory");
    }

    /** Returns a ledger in memory. */
    public static LedgerSettings inMemory() {
        return new LedgerSettings("jsonl", Optional.empty());
    }
}
