package io.lakeport.storage.refusal;

import io.lakeport.core.error.CoreError;
import java.io.IOException;
import java.util.Locale;

/** Tells a disk without room, which passes when somebody makes some, from one that may not be written. */
public final class FullDisk {
    private FullDisk() {}

    /** Returns the error that a write which the system refused stands for. */
    public static CoreError errorOf(IOException refused) {
        // No class says it: the words are those of ENOSPC, EDQUOT and EFBIG, and of Windows.
        String said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = said.contains("no space left")
                || said.contains("quota exceeded")
                || said.contains("file too large")
                || said.contains("not enough space on the disk");
        return full ? CoreError.TARGET_FULL : CoreError.TARGET_NOT_WRITABLE;
    }
}
