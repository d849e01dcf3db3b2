package io.lakeport.localworkspace.statement;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the history knows of one statement.
 *
 * @param statementId its id
 * @param sessionId its session, empty for none
 * @param user application id of the principal that ran it
 * @param userId numeric id of that principal
 * @param warehouseId where it ran
 * @param sql its text
 * @param namespace catalog and schema that it ran in, empty texts before it began
 * @param statementType kind, for example SELECT; empty until known
 * @param status QUEUED, RUNNING, FINISHED, FAILED or CANCELED
 * @param error message of its failure, empty for none
 * @param origin where it came from
 * @param queryTags tags of session and statement
 * @param startedAt when it arrived
 * @param endedAt when it ended, empty while it runs
 * @param computeReadyAt when its warehouse ran, empty before
 * @param executedAt when its execution began, after waiting for the warehouse; empty before
 * @param rows rows produced
 * @param bytes bytes produced, before compression
 */
public record QueryRecord(
        String statementId,
        Optional<String> sessionId,
        String user,
        long userId,
        String warehouseId,
        String sql,
        Namespace namespace,
        Optional<String> statementType,
        String status,
        Optional<String> error,
        QueryOrigin origin,
        Map<String, String> queryTags,
        Instant startedAt,
        Optional<Instant> computeReadyAt,
        Optional<Instant> executedAt,
        Optional<Instant> endedAt,
        long rows,
        long bytes) {
    public QueryRecord {
        queryTags = Collections.unmodifiableMap(new LinkedHashMap<>(queryTags));
    }

    /** A current catalog and schema. */
    public record Namespace(String catalog, String schema) {}

    /** Returns the client's User-Agent. */
    public String clientApplication() {
        return origin.userAgent();
    }

    /** Returns the time from arrival to the end, or to {@code now} while it runs, in milliseconds. */
    public long durationMillis(Instant now) {
        return Math.max(0, endedAt.orElse(now).toEpochMilli() - startedAt.toEpochMilli());
    }

    /** Returns the time it waited until its warehouse ran, in milliseconds. */
    public long computeWaitMillis(Instant now) {
        Instant until = computeReadyAt.or(() -> endedAt).orElse(now);
        return Math.max(0, until.toEpochMilli() - startedAt.toEpochMilli());
    }

    /** Returns the time it waited for its warehouse and for its turn there, in milliseconds. */
    public long waitMillis(Instant now) {
        return Math.max(0, executedAt.or(() -> endedAt).orElse(now).toEpochMilli() - startedAt.toEpochMilli());
    }
}
