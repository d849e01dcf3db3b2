package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The history as the table {@code system.query.history}, refreshed before each statement that names it. Columns and
 * types follow the table's published schema; the ones that this workspace cannot know are left out.
 */
final class HistoryTable {
    private static final String NAME = "system.query.history";
    private static final Pattern MENTION = Pattern.compile("`?system`?\\s*\\.\\s*`?query`?\\s*\\.\\s*`?history`?");
    private static final List<EngineColumn> COLUMNS = List.of(
            column("account_id", "STRING"),
            column("workspace_id", "STRING"),
            column("statement_id", "STRING"),
            column("executed_by", "STRING"),
            column("session_id", "STRING"),
            column("execution_status", "STRING"),
            column("compute", "STRUCT<type: STRING, cluster_id: STRING, warehouse_id: STRING>"),
            column("executed_by_user_id", "STRING"),
            column("statement_text", "STRING"),
            column("statement_type", "STRING"),
            column("error_message", "STRING"),
            column("client_application", "STRING"),
            column("client_driver", "STRING"),
            column("total_duration_ms", "BIGINT"),
            column("waiting_for_compute_duration_ms", "BIGINT"),
            column("execution_duration_ms", "BIGINT"),
            column("start_time", "TIMESTAMP"),
            column("end_time", "TIMESTAMP"),
            column("update_time", "TIMESTAMP"),
            column("produced_rows", "BIGINT"),
            column("from_result_cache", "BOOLEAN"),
            column("executed_as", "STRING"),
            column("query_tags", "MAP<STRING, STRING>"));

    private final Engine engine;
    private final StatementHistory history;
    private final Clock clock;

    HistoryTable(Engine engine, StatementHistory history, Clock clock) {
        this.engine = engine;
        this.history = history;
        this.clock = clock;
    }

    /** Brings the table up to date when a statement names it. */
    void refreshFor(String sql) {
        if (!MENTION.matcher(sql.toLowerCase(Locale.ROOT)).find()) {
            return;
        }
        Instant now = clock.instant();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (QueryRecord record : history.newestFirst()) {
            // The table shows ended statements only, unlike the REST history.
            if (record.endedAt().isPresent()) {
                rows.add(row(record, now));
            }
        }
        engine.replaceSystemTable(NAME, COLUMNS, rows);
    }

    private static List<@Nullable Object> row(QueryRecord record, Instant now) {
        String compute = json(
                Json.object().put("type", "WAREHOUSE").putNull("cluster_id").put("warehouse_id", record.warehouseId()));
        Instant end = record.endedAt().orElse(now);
        return Arrays.asList(
                WorkspaceIdentity.ACCOUNT_ID,
                WorkspaceIdentity.WORKSPACE_ID,
                record.statementId(),
                record.user(),
                record.sessionId().orElse(null),
                record.status(),
                compute,
                String.valueOf(record.userId()),
                record.sql(),
                record.statementType().orElse(null),
                record.error().orElse(null),
                record.clientApplication(),
                null,
                record.durationMillis(now),
                record.waitMillis(now),
                record.durationMillis(now) - record.waitMillis(now),
                record.startedAt(),
                end,
                end,
                record.rows(),
                false,
                record.user(),
                json(record.queryTags()));
    }

    private static String json(Object value) {
        try {
            return new String(Json.bytes(value), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }

    private static EngineColumn column(String name, String type) {
        int end = type.indexOf('<');
        String typeName = end < 0 ? type : type.substring(0, end);
        return new EngineColumn(name, type, typeName.equals("BIGINT") ? "LONG" : typeName, true);
    }
}
