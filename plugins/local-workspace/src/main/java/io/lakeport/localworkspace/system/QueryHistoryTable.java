package io.lakeport.localworkspace.system;

import io.lakeport.localworkspace.statement.QueryOrigin;
import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code system.query.history}: the statements of this workspace that have ended. */
public final class QueryHistoryTable implements SystemTable {
    private final StatementHistory history;
    private final Clock clock;

    /** Creates the table of a history. */
    public QueryHistoryTable(StatementHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "system.query.history";
    }

    @Override
    public List<Row> recent() {
        Instant now = clock.instant();
        List<Row> rows = new ArrayList<>();
        for (QueryRecord record : history.newestFirst()) {
            // The table shows ended statements only, unlike the REST history.
            record.endedAt().ifPresent(end -> rows.add(row(record, end, now)));
        }
        return rows;
    }

    private static Row row(QueryRecord record, Instant end, Instant now) {
        long total = record.durationMillis(now);
        long forCompute = record.computeWaitMillis(now);
        long waited = record.waitMillis(now);
        return Row.ofWorkspace()
                .put("statement_id", record.statementId())
                .put("executed_by", record.user())
                .put("session_id", record.sessionId().orElse(null))
                .put("execution_status", record.status())
                .put("compute", Map.of("type", "WAREHOUSE", "warehouse_id", record.warehouseId()))
                .put("executed_by_user_id", String.valueOf(record.userId()))
                .put("statement_text", record.sql())
                .put("statement_type", record.statementType().orElse(null))
                .put("error_message", record.error().orElse(null))
                .put("client_application", record.clientApplication())
                .put("client_driver", record.origin().driver().orElse(null))
                .put("total_duration_ms", total)
                .put("waiting_for_compute_duration_ms", forCompute)
                .put("waiting_at_capacity_duration_ms", Math.max(0, waited - forCompute))
                .put("execution_duration_ms", total - waited)
                .put("total_task_duration_ms", total - waited)
                .put("start_time", record.startedAt())
                .put("end_time", end)
                .put("update_time", end)
                .put("produced_rows", record.rows())
                .put("from_result_cache", false)
                .put("query_source", source(record))
                .put("executed_as_user_id", String.valueOf(record.userId()))
                .put("executed_as", record.user())
                .put("query_tags", record.queryTags());
    }

    private static Map<String, Object> source(QueryRecord record) {
        Map<String, Object> source = new LinkedHashMap<>();
        record.origin().task().ifPresent(task -> {
            source.put("job_info", jobInfo(task));
            task.queryId().ifPresent(id -> source.put("sql_query_id", id));
        });
        return source;
    }

    private static Map<String, String> jobInfo(QueryOrigin.Task task) {
        return Map.of("job_id", task.jobId(), "job_run_id", task.runId(), "job_task_run_id", task.taskRunId());
    }
}
