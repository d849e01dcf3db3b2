package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.statement.QueryOrigin;
import io.lakeport.localworkspace.statement.ResultShape;
import io.lakeport.localworkspace.statement.StatementGateway;
import io.lakeport.localworkspace.statement.StatementState;
import io.lakeport.localworkspace.statement.StatementView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Runs SQL tasks: every statement of a saved query or a file, on the task's warehouse. Thread-safe. */
final class SqlTasks {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final String AGENT = "Databricks Jobs";

    private final StatementGateway gateway;
    private final SavedQueries queries;
    private final SqlFiles files;
    private final Clock clock;

    SqlTasks(StatementGateway gateway, SavedQueries queries, SqlFiles files, Clock clock) {
        this.clock = clock;
        this.gateway = gateway;
        this.queries = queries;
        this.files = files;
    }

    /** What is to be run, and where. */
    private record Script(String sql, Optional<String> queryId, Optional<String> catalog, Optional<String> schema) {}

    /**
     * Runs a task to its end.
     *
     * @throws TaskFailure when it cannot be run or a statement fails
     */
    void run(Run run, TaskRun task) throws InterruptedException {
        JsonNode settings = task.settings().path("sql_task");
        long limit = task.settings().path("timeout_seconds").asLong();
        Optional<Instant> deadline = limit > 0 ? Optional.of(clock.instant().plusSeconds(limit)) : Optional.empty();
        Script script = script(settings);
        String warehouse = settings.path("warehouse_id").asText();
        String session = gateway.openSession(warehouse, run.owner(), script.catalog(), script.schema(), Map.of());
        try {
            Map<String, String> parameters = parameters(run, task, settings);
            for (String sql : SqlScript.statements(script.sql())) {
                statement(run, task, script, new Step(sql, warehouse, session, parameters, deadline));
            }
        } finally {
            gateway.closeSession(session, run.owner());
        }
    }

    /** One statement of a script. */
    private record Step(
            String sql, String warehouse, String session, Map<String, String> parameters, Optional<Instant> deadline) {}

    private Script script(JsonNode settings) {
        if (settings.has("query")) {
            String id = settings.path("query").path("query_id").asText();
            JsonNode query = queries.find(id)
                    .filter(found -> !found.path("lifecycle_state").asText().equals("TRASHED"))
                    .orElseThrow(() -> new TaskFailure("Query " + id + " does not exist."));
            return new Script(
                    query.path("query_text").asText(),
                    Optional.of(id),
                    Json.text(query, "catalog"),
                    Json.text(query, "schema"));
        }
        if (settings.has("file")) {
            String path = settings.path("file").path("path").asText();
            if (settings.path("file").path("source").asText().equals("GIT")) {
                throw new TaskFailure("SQL files from Git are not supported by the local workspace.");
            }
            String sql = files.read(path).orElseThrow(() -> new TaskFailure("Unable to find the file " + path + "."));
            return new Script(sql, Optional.empty(), Optional.empty(), Optional.empty());
        }
        throw new TaskFailure("SQL tasks with a dashboard or an alert are not supported by the local workspace.");
    }

    private static Map<String, String> parameters(Run run, TaskRun task, JsonNode settings) {
        // Job parameters reach every task; the task's own ones come first where both have a name.
        Map<String, String> parameters = new LinkedHashMap<>(run.parameters());
        settings.path("parameters")
                .properties()
                .forEach(p -> parameters.put(
                        p.getKey(), References.resolve(p.getValue().asText(), run, task)));
        return parameters;
    }

    private void statement(Run run, TaskRun task, Script script, Step step) throws InterruptedException {
        String sql = step.sql();
        String warehouse = step.warehouse();
        String session = step.session();
        Optional<Instant> deadline = step.deadline();
        if (run.forcedEnd().isPresent()) {
            throw new TaskFailure("The run was stopped.");
        }
        List<EngineParameter> bound = step.parameters().entrySet().stream()
                .filter(p -> Pattern.compile(":" + Pattern.quote(p.getKey()) + "\\b")
                        .matcher(sql)
                        .find())
                .map(p -> new EngineParameter(p.getKey(), 0, "STRING", p.getValue()))
                .toList();
        QueryOrigin origin = new QueryOrigin(
                AGENT,
                "127.0.0.1",
                UUID.randomUUID().toString(),
                "http://localhost",
                Optional.of(new QueryOrigin.Task(
                        run.jobId().map(String::valueOf).orElse(""),
                        String.valueOf(run.id()),
                        String.valueOf(task.id()),
                        script.queryId())));
        StatementView view = gateway.runForText(
                new StatementGateway.Request(
                        sql, warehouse, session, bound, false, 0, Duration.ZERO, ResultShape.NATIVE),
                run.owner(),
                origin);
        task.ran(script.sql(), view.id(), warehouse);
        run.statementBegan(view);
        try {
            awaitEnd(view, deadline);
        } finally {
            run.statementEnded(view);
        }
        if (view.state() != StatementState.SUCCEEDED && view.state() != StatementState.CLOSED) {
            throw new TaskFailure(view.errorMessage().orElse("The statement was canceled."));
        }
        task.answered(FirstRow.of(view));
    }

    private void awaitEnd(StatementView view, Optional<Instant> deadline) throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            Duration left =
                    deadline.map(end -> Duration.between(clock.instant(), end)).orElse(STEP);
            if (left.isNegative() || left.isZero()) {
                view.cancel();
                throw new TaskFailure("The task exceeded its time limit.", Result.TIMEDOUT);
            }
            ended = view.await(left.compareTo(STEP) < 0 ? left.plusMillis(1) : STEP);
        }
    }
}
