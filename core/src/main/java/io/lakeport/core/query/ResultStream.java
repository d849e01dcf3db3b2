package io.lakeport.core.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of one statement, read once and in order. Memory stays within the statement's budget however large the
 * result is: while the reader is slow, nothing more is downloaded.
 *
 * <p>Not thread-safe but for {@link #close()}, which any thread may call.
 */
public interface ResultStream extends AutoCloseable {
    /** Returns the id of the statement. */
    StatementId statementId();

    /** Returns the columns. */
    ResultSchema schema();

    /** Returns how many rows the result has, empty when the source does not know before the end. */
    OptionalLong totalRows();

    /**
     * Returns whether the source cut the result at the requested row limit. A result that was cut without a limit
     * having been asked for is an error instead.
     */
    boolean truncated();

    /**
     * Returns what the reader should know of how the result came about, each a sentence; usually nothing. For example
     * that it came inside answers, because the storage could not be reached.
     */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Waits for the next chunk. The caller closes it.
     *
     * @return empty after the last chunk
     * @throws io.lakeport.core.error.LakeportException as the download failed; the stream is unusable then
     */
    Optional<ResultChunk> next();

    /**
     * Ends downloads and, when the statement still runs, cancels it on the server and waits until it has ended.
     * Idempotent; chunks already handed out stay valid. The result of a finished statement of {@link Purpose#EXPORT},
     * or of one that was attached to, stays on the server until that drops it, so that an export which was killed can
     * come back for the rest; others are given up at once.
     */
    @Override
    void close();
}
