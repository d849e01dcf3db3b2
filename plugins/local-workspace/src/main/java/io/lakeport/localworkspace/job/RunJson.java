package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs as the Jobs API writes them. */
final class RunJson {
    private RunJson() {}

    static ObjectNode run(Run run, boolean tasks, String base) {
        ObjectNode node = Json.object()
                .put("run_id", run.id())
                .put("job_run_id", run.id())
                .put("number_in_job", run.id())
                .put("original_attempt_run_id", run.id())
                .put("attempt_number", 0)
                .put("run_name", run.name())
                .put("creator_user_name", run.owner().applicationId())
                .put("run_type", run.jobId().isPresent() ? "JOB_RUN" : "SUBMIT_RUN")
                .put("trigger", run.trigger().name())
                .put("format", "MULTI_TASK")
                .put(
                        "run_page_url",
                        base + "/?o=4711000000000001#job/" + run.jobId().orElse(0L) + "/run/" + run.id());
        run.jobId().ifPresent(id -> node.put("job_id", id));
        times(node, Optional.of(run.startedAt()), run.endedAt());
        if (run.settings().has("schedule")) {
            node.set("schedule", run.settings().get("schedule"));
        }
        state(node, run.state(), run.result(), run.message());
        ArrayNode parameters = node.putArray("job_parameters");
        run.parameters()
                .forEach((name, value) ->
                        parameters.addObject().put("name", name).put("value", value));
        if (tasks) {
            ArrayNode list = node.putArray("tasks");
            run.tasks().forEach(task -> list.add(task(run, task, base)));
        }
        return node;
    }

    static ObjectNode task(Run run, TaskRun task, String base) {
        ObjectNode node = task.settings().deepCopy();
        node.put("run_id", task.id())
                .put("attempt_number", task.attempt())
                .put("run_if", task.settings().path("run_if").asText("ALL_SUCCESS"))
                .put(
                        "run_page_url",
                        base + "/?o=4711000000000001#job/" + run.jobId().orElse(0L) + "/run/" + task.id());
        times(node, task.startedAt(), task.endedAt());
        state(node, task.state(), task.result(), task.message());
        JsonNode condition = node.path("condition_task");
        if (condition instanceof ObjectNode object && !task.conditionOutcome().isEmpty()) {
            object.put("outcome", task.conditionOutcome());
        }
        return node;
    }

    private static void times(ObjectNode node, Optional<Instant> start, Optional<Instant> end) {
        long from = start.map(Instant::toEpochMilli).orElse(0L);
        long to = end.map(Instant::toEpochMilli).orElse(0L);
        long took = to == 0 || from == 0
                ? 0
                : Duration.between(start.orElseThrow(), end.orElseThrow()).toMillis();
        node.put("start_time", from)
                .put("end_time", to)
                .put("setup_duration", 0)
                .put("cleanup_duration", 0)
                .put("execution_duration", took)
                .put("run_duration", took);
    }

    private static void state(ObjectNode node, TaskState state, Optional<Result> result, String message) {
        ObjectNode older = node.putObject("state")
                .put("life_cycle_state", state.name())
                .put("state_message", message)
                .put(
                        "user_cancelled_or_timedout",
                        result.map(r -> r == Result.CANCELED || r == Result.TIMEDOUT)
                                .orElse(false));
        ObjectNode newer = node.putObject("status").put("state", state.newerName());
        result.ifPresent(r -> {
            older.put("result_state", r.name());
            newer.putObject("termination_details")
                    .put("code", r.code())
                    .put("type", state == TaskState.INTERNAL_ERROR ? "INTERNAL_ERROR" : r.type())
                    .put("message", message);
        });
    }

    static ObjectNode output(Run run, TaskRun task, String base) {
        ObjectNode node = Json.object();
        node.set("metadata", task(run, task, base));
        if (task.result().map(Result::isFailure).orElse(false)) {
            node.put("error", task.message());
        }
        if (!task.output().statementIds().isEmpty()) {
            ObjectNode query = node.putObject("sql_output")
                    .putObject("query_output")
                    .put("query_text", task.output().sql())
                    .put("warehouse_id", task.output().warehouseId())
                    .put("endpoint_id", task.output().warehouseId());
            ArrayNode statements = query.putArray("sql_statements");
            task.output().statementIds().forEach(id -> statements.addObject().put("lookup_key", id));
        }
        return node;
    }
}
