package io.lakeport.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the workspace says of one statement.
 *
 * @param statementId its id
 * @param status as the source writes it, for example {@code FINISHED}, {@code FAILED}, {@code CANCELED}
 * @param executedBy name of the principal
 * @param warehouse id of the compute, empty when the source does not say
 * @param clientApplication the User-Agent's application, as the workspace recognised it
 * @param statementType for example {@code SELECT}
 * @param startedAt when it began
 * @param duration until it ended, empty while it runs
 * @param rows rows produced, empty when the source does not say
 * @param tags query tags
 */
public record HistoryEntry(
        String statementId,
        String status,
        String executedBy,
        Optional<String> warehouse,
        Optional<String> clientApplication,
        Optional<String> statementType,
        Instant startedAt,
        Optional<Duration> duration,
        OptionalLong rows,
        Map<String, String> tags) {
    public HistoryEntry {
        Objects.requireNonNull(statementId, "statementId");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(startedAt, "startedAt");
        tags = Map.copyOf(tags);
    }
}
