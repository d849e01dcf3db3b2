package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import org.jspecify.annotations.Nullable;

/** The error of a chunk whose bytes are not what they should be. */
final class CorruptChunk {
    private CorruptChunk() {}

    /** Returns the error; {@code why} says what was expected and what came. */
    static LakeportException of(ChunkSource source, @Nullable String why, @Nullable Throwable cause) {
        return new LakeportException(
                CoreError.RESULT_CORRUPT,
                "chunk " + source.index() + " arrived damaged: " + why
                        + "; where this persists, something on the way from the storage changes bytes",
                cause);
    }
}
