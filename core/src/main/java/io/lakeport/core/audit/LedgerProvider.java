package io.lakeport.core.audit;

import java.nio.file.Path;

/** SPI: makes a durable ledger. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface LedgerProvider {
    /** Returns the name by which configuration chooses it, for example {@code jsonl}. */
    String name();

    /**
     * Opens the ledger kept in a directory, creating it when it is absent.
     *
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED when the directory cannot be written
     */
    StatementLedger open(Path directory);
}
