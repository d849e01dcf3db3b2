package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.warehouse.http.WorkspaceApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Finds a statement by its tag in the query history ({@code GET /api/2.0/sql/history/queries}). */
final class QueryHistory {
    private static final String PATH = "/api/2.0/sql/history/queries";
    /** The server's clock decides when a statement started, and it need not agree with ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20;
    /** A statement may run for two days (STATEMENT_TIMEOUT, its default), and whoever looks may come later. */
    private static final Duration LONGEST_AGO = Duration.ofDays(3);

    private static final int MOST_PAGES_EVER = 1_000;

    private final WorkspaceApi api;

    QueryHistory(WorkspaceApi api) {
        this.api = api;
    }

    /** Returns the statement of the last days that carries the tag; the newest are looked at first. */
    Optional<StatementId> find(String tag, Deadline deadline) {
        Instant now = api.context().clock().instant();
        return find(tag, now.minus(LONGEST_AGO), MOST_PAGES_EVER, deadline);
    }

    /** Returns the statement that carries the tag, if the history knows it already. */
    Optional<StatementId> find(String tag, Instant submitted, Deadline deadline) {
        return find(tag, submitted, MOST_PAGES, deadline);
    }

    private Optional<StatementId> find(String tag, Instant submitted, int pages, Deadline deadline) {
        WarehouseId warehouse = api.context().warehouse();
        String filter = "?filter_by.warehouse_ids=" + warehouse + "&filter_by.query_start_time_range.start_time_ms="
                + submitted.minus(SKEW).toEpochMilli() + "&max_results=" + PAGE;
        String page = "";
        for (int i = 0; i < pages; i++) {
            JsonNode answer = api.call("sql.history", "GET", PATH + filter + page, deadline);
            Optional<StatementId> found = search(answer.path("res"), tag);
            String next = answer.path("next_page_token").asText("");
            if (found.isPresent() || next.isEmpty()) {
                return found;
            }
            page = "&page_token=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
        return Optional.empty();
    }

    private static Optional<StatementId> search(JsonNode queries, String tag) {
        for (JsonNode query : queries) {
            if (carries(query.path("query_tags"), tag)) {
                return Optional.of(new StatementId(query.path("query_id").asText()));
            }
        }
        return Optional.empty();
    }

    /** Tags come as a list of key and value; a plain object is understood as well. */
    private static boolean carries(JsonNode tags, String tag) {
        for (JsonNode one : tags) {
            if (one.path("key").asText().equals(StatementBody.TAG)
                    && one.path("value").asText().equals(tag)) {
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> entry : tags.properties()) {
            if (entry.getKey().equals(StatementBody.TAG)
                    && entry.getValue().asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
