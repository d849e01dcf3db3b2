package io.lakeport.audit.systemtables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.query.RowCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads rows of the history by column name; any of them but id and start may be NULL. */
final class HistoryRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RowCursor row;

    HistoryRows(RowCursor row) {
        this.row = row;
    }

    HistoryEntry entry() {
        return new HistoryEntry(
                text("statement_id").orElse(""),
                text("execution_status").orElse("UNKNOWN"),
                text("executed_by").orElse(""),
                text("warehouse_id"),
                text("client_application"),
                text("statement_type"),
                value("start_time", row::getTimestamp).orElse(Instant.EPOCH),
                duration(),
                value("produced_rows", row::getLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
                tags());
    }

    private Optional<Duration> duration() {
        return value("end_time", row::getTimestamp)
                .flatMap(end -> value("total_duration_ms", row::getLong))
                .map(Duration::ofMillis);
    }

    private Optional<String> text(String column) {
        return value(column, row::getString);
    }

    private <T> Optional<T> value(String column, IntFunction<@Nullable T> getter) {
        int index = row.schema().indexOf(column);
        return row.isNull(index) ? Optional.empty() : Optional.ofNullable(getter.apply(index));
    }

    /** Tags are a MAP, which warehouses without native nested types give as JSON text. */
    private Map<String, String> tags() {
        Object given = value("query_tags", row::getObject).orElse(Map.of());
        Map<String, String> tags = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, tag) -> tags.put(String.valueOf(key), tag == null ? "" : tag.toString()));
            return tags;
        }
        try {
            JSON.readTree(given.toString())
                    .properties()
                    .forEach(field -> tags.put(field.getKey(), field.getValue().asText("")));
        } catch (JsonProcessingException e) {
            // Tags only help a reader; an entry whose tags cannot be read is still an entry.
            tags.clear();
        }
        return tags;
    }
}
