package io.lakeport.core.state;

import java.time.Instant;
import java.util.Objects;

/**
 * What a backup holds.
 *
 * @param taken when it was made
 * @param documents how many documents
 * @param bytes of their contents
 * @param sha256 of the documents, in hexadecimal; the file ends with it
 */
public record BackupInfo(Instant taken, long documents, long bytes, String sha256) {
    public BackupInfo {
        Objects.requireNonNull(taken, "taken");
        Objects.requireNonNull(sha256, "sha256");
    }
}
