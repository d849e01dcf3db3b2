package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps some of the disk free: a cross join whose client died may write until the disk is full, and a full disk ends
 * other processes, and the JVM itself, which maps a file in the same directory.
 */
final class SpoolSpace {
    private static final long RESERVE = 2L << 30;

    private SpoolSpace() {}

    /** Fails the statement when its next chunk would leave less than 2 GiB. */
    static void require(Path directory) throws IOException {
        require(directory, RESERVE);
    }

    static void require(Path directory, long reserve) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < reserve) {
            throw new EngineException(
                    "RESOURCE_EXHAUSTED",
                    "53100",
                    "[RESOURCE_EXHAUSTED] The result is larger than the local workspace can hold: "
                            + (free >> 20) + " MiB are free in its temporary directory, and " + (reserve >> 20)
                            + " MiB are kept. Limit the result. SQLSTATE: 53100",
                    null);
        }
    }
}
