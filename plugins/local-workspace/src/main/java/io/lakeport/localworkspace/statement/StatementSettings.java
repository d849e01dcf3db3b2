package io.lakeport.localworkspace.statement;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of the statement service.
 *
 * @param spoolDirectory existing directory for chunks; the service deletes what it wrote there
 * @param linkLifetime how long a presigned link is valid; the service's are valid for 899 s
 * @param resultLifetime how long a finished statement and its result are kept
 * @param concurrency statements that run at once
 * @param queueCapacity statements that may wait beyond those
 * @param chunkRows rows of a full chunk; the service's have 122,880
 * @param historyCapacity statements that the history remembers
 */
public record StatementSettings(
        Path spoolDirectory,
        Duration linkLifetime,
        Duration resultLifetime,
        int concurrency,
        int queueCapacity,
        int chunkRows,
        int historyCapacity) {}
