package io.lakeport.core.format;

import java.nio.ByteBuffer;

/**
 * Counts the rows of one file whose bytes pass by, without decoding them: what a file says of itself, independently of
 * whoever wrote it. Not thread-safe; used for one file.
 */
public interface RowCounter {
    /** Takes the next bytes of the file, all of them. */
    void update(ByteBuffer bytes);

    /**
     * Returns the rows of the file, once all bytes were taken.
     *
     * @throws io.lakeport.core.error.LakeportException UNAVAILABLE (RESULT_CORRUPT) when they are no whole file of the
     *     format
     */
    long rows();
}
