package io.lakeport.core.format;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.ResultChunk;
import java.util.List;

/**
 * Port: writes chunks as files of one format, split by partition. Not thread-safe.
 *
 * <p>Files become visible one by one as they are finished; whoever reads them must follow the manifest, which names
 * only those of a run that ended well.
 */
public interface TableWriter extends AutoCloseable {
    /** Encodes a chunk. The caller still owns the chunk and closes it. */
    void write(ResultChunk chunk);

    /** Finishes every open file and returns all files of this writer, ordered by key. */
    List<WrittenFile> finish();

    /** Gives up files that are not finished; idempotent. */
    @Override
    void close();
}
