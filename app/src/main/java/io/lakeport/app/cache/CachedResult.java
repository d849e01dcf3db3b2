package io.lakeport.app.cache;

import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A whole result.
 *
 * @param key what it is the result of
 * @param statement that gave it
 * @param notes how it came about
 * @param rows its rows
 * @param pins the versions of its tables, before and after it was read
 * @param readAt when
 * @param readNanos when, on the cache's own clock
 * @param maxAgeNanos how long it may stay
 */
record CachedResult(
        CacheKey key,
        StatementId statement,
        ResultSchema schema,
        OptionalLong totalRows,
        boolean truncated,
        List<String> notes,
        KeptRows rows,
        SourcePins pins,
        Instant readAt,
        long readNanos,
        long maxAgeNanos) {
    static CachedResult of(
            CacheKey key, ResultStream from, KeptRows rows, SourcePins pins, Instant readAt, long nanos, long maxAge) {
        return new CachedResult(
                key,
                from.statementId(),
                from.schema(),
                from.totalRows(),
                from.truncated(),
                from.notes(),
                rows,
                pins,
                readAt,
                nanos,
                maxAge);
    }

    /** Returns the bytes it takes, at least 1. */
    long weight() {
        return key.weight() + rows.bytes();
    }
}
