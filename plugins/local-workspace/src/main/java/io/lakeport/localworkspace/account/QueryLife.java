package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.audit.AuditEvent;
import io.lakeport.localworkspace.job.JobFacts;
import io.lakeport.localworkspace.system.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements that people and programs ran on the warehouses of the history, and what the audit log tells. */
final class QueryLife {
    private static final List<String> TABLES =
            List.of("sales.orders", "sales.customers", "web.clicks", "finance.ledger");
    private static final double FAILURES = 0.03;

    private final Dice dice;
    private final List<Row> history = new ArrayList<>();
    private final List<Row> audit = new ArrayList<>();

    QueryLife(Dice dice, List<WarehouseLife.Session> sessions) {
        this.dice = dice;
        for (WarehouseLife.Session session : sessions) {
            int statements = dice.between(2, 8);
            for (int i = 0; i < statements; i++) {
                long seconds = Math.max(
                        1, Duration.between(session.from(), session.to()).toSeconds() - 60);
                Instant start = session.from().plusSeconds(dice.between(0, (int) seconds));
                statement(session.warehouseId(), start);
            }
        }
    }

    List<Row> history() {
        return history;
    }

    List<Row> audit() {
        return audit;
    }

    private void statement(String warehouse, Instant start) {
        boolean widget = dice.chance(0.3);
        JobFacts.User user = widget ? Cast.WIDGET : dice.oneOf(Cast.ANALYSTS);
        String agent = widget ? "Acme_Widget/1.4" : "Databricks SQL Editor";
        String id = dice.uuid();
        String table = dice.oneOf(TABLES);
        boolean failed = dice.chance(FAILURES);
        long millis = failed
                ? dice.between(50, 900)
                : dice.about(Duration.ofSeconds(4)).toMillis();
        Map<String, String> tags = widget
                ? Map.of(
                        "tenant",
                        dice.oneOf(List.of("north", "south")),
                        "purpose",
                        dice.chance(0.5) ? "sampling" : "analytics")
                : Map.of();
        Instant end = start.plusMillis(millis);
        Row row = Row.ofWorkspace()
                .put("statement_id", id)
                .put("executed_by", user.name())
                .put("execution_status", failed ? "FAILED" : "FINISHED")
                .put("compute", Map.of("type", "WAREHOUSE", "warehouse_id", warehouse))
                .put("executed_by_user_id", user.id())
                .put("statement_text", "SELECT region, sum(amount) FROM main." + table + " GROUP BY region")
                .put("statement_type", "SELECT")
                .put("client_application", agent)
                .put("client_driver", widget ? "Databricks JDBC Driver" : null)
                .put("total_duration_ms", millis)
                .put("waiting_for_compute_duration_ms", 0L)
                .put("waiting_at_capacity_duration_ms", 0L)
                .put("execution_duration_ms", millis * 8 / 10)
                .put("compilation_duration_ms", millis / 10)
                .put("total_task_duration_ms", millis * 4)
                .put("result_fetch_duration_ms", millis / 10)
                .put("start_time", start)
                .put("end_time", end)
                .put("update_time", end)
                .put("read_rows", failed ? 0L : (long) dice.between(1000, 9_000_000))
                .put("produced_rows", failed ? 0L : (long) dice.between(1, 500))
                .put("read_bytes", failed ? 0L : (long) dice.between(100_000, 900_000_000))
                .put("from_result_cache", false)
                .put("executed_as_user_id", user.id())
                .put("executed_as", user.name())
                .put("query_source", Map.of())
                .put("query_tags", tags);
        if (failed) {
            row.put("error_message", "[TABLE_OR_VIEW_NOT_FOUND] The table or view `" + table + "` cannot be found.");
        }
        history.add(row);
        audit.add(event(user, agent, warehouse, id, start, failed));
    }

    private Row event(JobFacts.User user, String agent, String warehouse, String id, Instant at, boolean failed) {
        return new AuditEvent(
                        dice.uuid(),
                        at,
                        "databrickssql",
                        "commandSubmit",
                        Optional.of(user.name()),
                        "203.0.113." + dice.between(1, 40),
                        agent,
                        Optional.empty(),
                        dice.uuid(),
                        Map.of("warehouseId", warehouse, "commandId", id),
                        failed ? 400 : 200,
                        failed ? Optional.of("TABLE_OR_VIEW_NOT_FOUND") : Optional.empty(),
                        false)
                .row();
    }
}
