package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of the Jobs API that is about runs. */
final class RunRoutes {
    private static final String PATH = "/api/{version}/jobs/";
    private static final String RUNS = PATH + "runs/";
    private static final int DEFAULT_PAGE = 20;
    private static final int MAX_PAGE = 25;

    private final Jobs jobs;
    private final Runs runs;
    private final TokenService tokens;

    RunRoutes(Jobs jobs, Runs runs, TokenService tokens) {
        this.jobs = jobs;
        this.runs = runs;
        this.tokens = tokens;
    }

    void addTo(Router router) {
        router.add("POST", PATH + "run-now", (exchange, path) -> runNow(exchange));
        router.add("POST", RUNS + "submit", (exchange, path) -> submit(exchange));
        router.add("GET", RUNS + "get", (exchange, path) -> get(exchange));
        router.add("GET", RUNS + "list", (exchange, path) -> list(exchange));
        router.add("GET", RUNS + "get-output", (exchange, path) -> output(exchange));
        router.add("GET", RUNS + "export", (exchange, path) -> {
            find(exchange, JobRequests.queryId(exchange, "run_id"));
            throw ApiException.invalid("Only runs of notebook tasks can be exported.");
        });
        router.add("POST", RUNS + "cancel", (exchange, path) -> {
            runs.cancel(find(exchange, JobRequests.id(Json.readObject(exchange), "run_id"))
                    .run());
            Json.respond(exchange, 200, Json.object());
        });
        router.add("POST", RUNS + "cancel-all", (exchange, path) -> cancelAll(exchange));
        router.add("POST", RUNS + "delete", (exchange, path) -> delete(exchange));
        router.add("POST", RUNS + "repair", (exchange, path) -> repair(exchange));
    }

    private Runs.Found find(Exchange exchange, long id) {
        tokens.authenticate(exchange);
        return runs.find(id).orElseThrow(() -> ApiException.invalid("Run " + id + " does not exist."));
    }

    private void runNow(Exchange exchange) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        JsonNode body = Json.readObject(exchange);
        Job job = JobRoutes.find(jobs, JobRequests.id(body, "job_id"));
        JsonNode settings = job.settings();
        if (settings.path("tasks").isEmpty()) {
            throw ApiException.invalid("Job " + job.id() + " has no tasks to run.");
        }
        Run run = runs.start(
                Json.text(body, "idempotency_token").map(token -> job.id() + "/" + token),
                new Runs.Start(
                        Optional.of(job.id()),
                        principal,
                        settings,
                        settings.path("name").asText(),
                        JobSettings.parameters(settings, body.path("job_parameters")),
                        Trigger.ONE_TIME));
        Json.respond(exchange, 200, Json.object().put("run_id", run.id()).put("number_in_job", run.id()));
    }

    private void submit(Exchange exchange) throws IOException {
        Principal principal = tokens.authenticate(exchange);
        JsonNode body = Json.readObject(exchange);
        JobSettings.check(body);
        if (body.path("tasks").isEmpty()) {
            throw ApiException.invalid("Missing required field: tasks");
        }
        Run run = runs.start(
                Json.text(body, "idempotency_token").map(token -> "submit/" + token),
                new Runs.Start(
                        Optional.empty(),
                        principal,
                        body,
                        Json.text(body, "run_name").orElse("Untitled"),
                        JobSettings.parameters(body, Json.object()),
                        Trigger.ONE_TIME));
        Json.respond(exchange, 200, Json.object().put("run_id", run.id()));
    }

    private void get(Exchange exchange) throws IOException {
        Runs.Found found = find(exchange, JobRequests.queryId(exchange, "run_id"));
        TaskRun task = found.task();
        Json.respond(
                exchange,
                200,
                task == null
                        ? RunJson.run(found.run(), true, exchange.base())
                        : RunJson.task(found.run(), task, exchange.base())
                                .put("job_run_id", found.run().id())
                                .put("run_name", task.key()));
    }

    private void output(Exchange exchange) throws IOException {
        Runs.Found found = find(exchange, JobRequests.queryId(exchange, "run_id"));
        TaskRun task = found.task();
        if (task == null && found.run().tasks().size() != 1) {
            throw ApiException.invalid(
                    "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the output of"
                            + " each individual task run instead.");
        }
        TaskRun one = task == null ? found.run().tasks().get(0) : task;
        Json.respond(exchange, 200, RunJson.output(found.run(), one, exchange.base()));
    }

    private void list(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        String job = exchange.query("job_id").orElse("");
        boolean active = flag(exchange, "active_only");
        boolean completed = flag(exchange, "completed_only");
        if (active && completed) {
            throw ApiException.invalid("active_only and completed_only exclude each other.");
        }
        String type = exchange.query("run_type").orElse("");
        List<Run> all = runs.all().stream()
                .filter(run -> job.isEmpty()
                        || run.jobId().map(String::valueOf).orElse("").equals(job))
                .filter(run -> !active || !run.state().isEnd())
                .filter(run -> !completed || run.state().isEnd())
                .filter(run ->
                        type.isEmpty() || type.equals("JOB_RUN") == run.jobId().isPresent())
                .toList();
        JobRequests.Page page = JobRequests.page(exchange, DEFAULT_PAGE, MAX_PAGE, all.size());
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("runs");
        boolean tasks = flag(exchange, "expand_tasks");
        all.subList(page.from(), page.to()).forEach(run -> array.add(RunJson.run(run, tasks, exchange.base())));
        Json.respond(exchange, 200, page.addTo(answer));
    }

    private static boolean flag(Exchange exchange, String name) {
        return exchange.query(name).orElse("").equals("true");
    }

    private void cancelAll(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        String job = Json.readObject(exchange).path("job_id").asText();
        runs.all().stream()
                .filter(run -> job.isEmpty()
                        || run.jobId().map(String::valueOf).orElse("").equals(job))
                .forEach(runs::cancel);
        Json.respond(exchange, 200, Json.object());
    }

    private void delete(Exchange exchange) throws IOException {
        Run run = find(exchange, JobRequests.id(Json.readObject(exchange), "run_id"))
                .run();
        if (!run.state().isEnd()) {
            throw ApiException.invalid("Run " + run.id() + " is active; cancel it first.");
        }
        runs.delete(run);
        Json.respond(exchange, 200, Json.object());
    }

    private void repair(Exchange exchange) throws IOException {
        JsonNode body = Json.readObject(exchange);
        Run run = find(exchange, JobRequests.id(body, "run_id")).run();
        if (!run.state().isEnd()) {
            throw ApiException.invalid("Run " + run.id() + " is active; only a run that has ended can be repaired.");
        }
        Set<String> keys = new LinkedHashSet<>();
        body.path("rerun_tasks").forEach(key -> keys.add(key.asText()));
        if (body.path("rerun_all_failed_tasks").asBoolean()) {
            run.tasks().stream()
                    .filter(task -> !task.result().map(Result::isSuccess).orElse(false))
                    .forEach(task -> keys.add(task.key()));
        }
        if (keys.isEmpty() || !keys.stream().allMatch(key -> run.task(key).isPresent())) {
            throw ApiException.invalid("Name the tasks to run again in rerun_tasks, or set rerun_all_failed_tasks.");
        }
        runs.repair(run, keys);
        Json.respond(exchange, 200, Json.object().put("repair_id", run.id()));
    }
}
