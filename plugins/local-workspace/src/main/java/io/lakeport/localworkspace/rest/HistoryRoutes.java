package io.lakeport.localworkspace.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.access.Permissions;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementHistory;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The Query History API, newest statement first, in pages. */
public final class HistoryRoutes {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private final StatementHistory history;
    private final TokenService tokens;
    private final Permissions permissions;
    private final Clock clock;

    /** Creates the routes. */
    public HistoryRoutes(StatementHistory history, TokenService tokens, Permissions permissions, Clock clock) {
        this.permissions = permissions;
        this.history = history;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", "/api/2.0/sql/history/queries", (exchange, path) -> list(exchange));
    }

    private void list(Exchange exchange) throws IOException {
        Principal caller = tokens.authenticate(exchange);
        HistoryFilter filter = HistoryFilter.of(exchange);
        int size = (int) number(exchange, "max_results", DEFAULT_PAGE);
        if (size < 1 || size > MAX_PAGE) {
            throw ApiException.invalid("max_results must be from 1 to " + MAX_PAGE + ", but was " + size + ".");
        }
        // A page starts after the last statement of the one before, so that new statements do not shift pages.
        String after = exchange.query("page_token").orElse("");
        List<QueryRecord> matching = history.newestFirst().stream()
                .filter(filter::matches)
                .filter(visibleTo(caller))
                .toList();
        int from = after.isEmpty() ? 0 : indexAfter(matching, after);
        List<QueryRecord> page = matching.subList(from, Math.min(matching.size(), from + size));
        boolean more = from + page.size() < matching.size();
        Json.respond(
                exchange,
                200,
                answer(page, more, exchange.query("include_metrics").orElse("")));
    }

    /** One sees one's own queries, and everybody's on warehouses that one may monitor. */
    private Predicate<QueryRecord> visibleTo(Principal caller) {
        Map<String, Boolean> monitored = new HashMap<>();
        return record -> record.userId() == caller.id()
                || monitored.computeIfAbsent(
                        record.warehouseId(),
                        id -> permissions.allows(caller, ObjectType.WAREHOUSES, id, PermissionLevel.CAN_MONITOR));
    }

    private static int indexAfter(List<QueryRecord> records, String statementId) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).statementId().equals(statementId)) {
                return i + 1;
            }
        }
        throw ApiException.invalid("page_token is not one that an earlier answer gave.");
    }

    static long number(Exchange exchange, String name, long otherwise) {
        String text = exchange.query(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.invalid(name + " must be a whole number, but was '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    private ObjectNode answer(List<QueryRecord> page, boolean more, String includeMetrics) {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("res");
        Instant now = clock.instant();
        page.forEach(record -> array.add(json(record, includeMetrics.equals("true"), now)));
        answer.put("has_next_page", more);
        if (more) {
            answer.put("next_page_token", page.get(page.size() - 1).statementId());
        }
        return answer;
    }

    private static ObjectNode json(QueryRecord record, boolean metrics, Instant now) {
        ObjectNode node = Json.object()
                .put("query_id", record.statementId())
                .put("status", record.status())
                .put("query_text", record.sql())
                .put("query_start_time_ms", record.startedAt().toEpochMilli())
                .put("user_id", record.userId())
                .put("user_name", record.user())
                .put("executed_as_user_id", record.userId())
                .put("executed_as_user_name", record.user())
                .put("warehouse_id", record.warehouseId())
                .put("endpoint_id", record.warehouseId())
                .put("client_application", record.clientApplication())
                .put("duration", record.durationMillis(now))
                .put("rows_produced", record.rows())
                .put("is_final", record.endedAt().isPresent());
        record.endedAt()
                .ifPresent(end -> node.put("query_end_time_ms", end.toEpochMilli())
                        .put("execution_end_time_ms", end.toEpochMilli()));
        record.statementType().ifPresent(type -> node.put("statement_type", type));
        record.error().ifPresent(error -> node.put("error_message", error));
        record.sessionId().ifPresent(session -> node.put("session_id", session));
        ArrayNode tags = node.putArray("query_tags");
        record.queryTags()
                .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        if (metrics) {
            node.set("metrics", metrics(record, now));
        }
        return node;
    }

    private static ObjectNode metrics(QueryRecord record, Instant now) {
        long total = record.durationMillis(now);
        long waited = record.waitMillis(now);
        return Json.object()
                .put("total_time_ms", total)
                .put("execution_time_ms", total - waited)
                .put("provisioning_queue_start_timestamp", record.startedAt().toEpochMilli())
                .put("rows_produced_count", record.rows())
                .put("network_sent_bytes", record.bytes())
                .put("result_from_cache", false);
    }
}
