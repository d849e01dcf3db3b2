package io.lakeport.localworkspace.rest;

import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.statement.QueryRecord;
import java.util.List;
import java.util.Set;

/**
 * Which statements a history call wants. Empty sets want all.
 *
 * @param statementIds wanted ids
 * @param warehouseIds wanted warehouses
 * @param statuses wanted states
 * @param userIds wanted users, by numeric id
 * @param fromMillis earliest start, in epoch milliseconds
 * @param toMillis latest start
 */
record HistoryFilter(
        Set<String> statementIds,
        Set<String> warehouseIds,
        Set<String> statuses,
        Set<String> userIds,
        long fromMillis,
        long toMillis) {
    private static final String PREFIX = "filter_by.";
    private static final List<String> STATUSES =
            List.of("QUEUED", "RUNNING", "CANCELED", "FAILED", "FINISHED", "COMPILING", "COMPILED", "STARTED");

    /** Reads the query, in which clients write nested fields with dots and repeat those of lists. */
    static HistoryFilter of(Exchange exchange) {
        Set<String> statuses = exchange.queryAll(PREFIX + "statuses");
        for (String status : statuses) {
            if (!STATUSES.contains(status)) {
                throw ApiException.invalid("Unknown query status '" + status + "'; expected one of " + STATUSES + ".");
            }
        }
        String range = PREFIX + "query_start_time_range.";
        return new HistoryFilter(
                exchange.queryAll(PREFIX + "statement_ids"),
                exchange.queryAll(PREFIX + "warehouse_ids"),
                statuses,
                exchange.queryAll(PREFIX + "user_ids"),
                HistoryRoutes.number(exchange, range + "start_time_ms", 0),
                HistoryRoutes.number(exchange, range + "end_time_ms", Long.MAX_VALUE));
    }

    boolean matches(QueryRecord record) {
        long start = record.startedAt().toEpochMilli();
        return wants(statementIds, record.statementId())
                && wants(warehouseIds, record.warehouseId())
                && wants(statuses, record.status())
                && wants(userIds, String.valueOf(record.userId()))
                && start >= fromMillis
                && start <= toMillis;
    }

    private static boolean wants(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
