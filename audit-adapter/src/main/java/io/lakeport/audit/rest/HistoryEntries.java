package io.lakeport.audit.rest;

import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.QueryTag;
import io.lakeport.core.audit.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the SDK's query info, of which every field may be absent. */
final class HistoryEntries {
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    private HistoryEntries() {}

    static HistoryEntry of(QueryInfo query) {
        String status =
                query.getStatus() == null ? "UNKNOWN" : query.getStatus().toString();
        String user = Optional.ofNullable(query.getUserName())
                .or(() -> Optional.ofNullable(query.getExecutedAsUserName()))
                .orElse("");
        return new HistoryEntry(
                String.valueOf(query.getQueryId()),
                status,
                user,
                Optional.ofNullable(query.getWarehouseId()).or(() -> Optional.ofNullable(query.getEndpointId())),
                Optional.ofNullable(query.getClientApplication()),
                Optional.ofNullable(query.getStatementType()).map(Object::toString),
                Instant.ofEpochMilli(orZero(query.getQueryStartTimeMs())),
                ENDED.contains(status)
                        ? Optional.ofNullable(query.getDuration()).map(Duration::ofMillis)
                        : Optional.empty(),
                query.getRowsProduced() == null ? OptionalLong.empty() : OptionalLong.of(query.getRowsProduced()),
                tags(query.getQueryTags()));
    }

    private static long orZero(@Nullable Long millis) {
        return millis == null ? 0 : millis;
    }

    private static Map<String, String> tags(@Nullable Collection<QueryTag> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (given != null) {
            given.stream()
                    .filter(tag -> tag.getKey() != null)
                    .forEach(tag -> tags.put(
                            tag.getKey(), Optional.ofNullable(tag.getValue()).orElse("")));
        }
        return tags;
    }
}
