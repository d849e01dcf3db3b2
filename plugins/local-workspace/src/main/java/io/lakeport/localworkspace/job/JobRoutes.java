package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;

/** The part of the Jobs API that is about jobs, at its versions 2.1 and 2.2. */
public final class JobRoutes {
    private static final String PATH = "/api/{version}/jobs/";
    private static final int DEFAULT_PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final Jobs jobs;
    private final Runs runs;
    private final TokenService tokens;

    /** Creates the routes of jobs and their runs. */
    public JobRoutes(Jobs jobs, Runs runs, TokenService tokens) {
        this.jobs = jobs;
        this.runs = runs;
        this.tokens = tokens;
    }

    /** Adds the routes, those of runs too. */
    public void addTo(Router router) {
        router.add("POST", PATH + "create", (exchange, path) -> {
            ObjectNode settings = (ObjectNode) Json.readObject(exchange);
            Job job = jobs.create(tokens.authenticate(exchange), settings);
            Json.respond(exchange, 200, Json.object().put("job_id", job.id()));
        });
        router.add("GET", PATH + "get", (exchange, path) -> {
            tokens.authenticate(exchange);
            Job job = find(jobs, JobRequests.queryId(exchange, "job_id"));
            Json.respond(exchange, 200, json(job, true).put("run_as_user_name", job.owner()));
        });
        router.add("GET", PATH + "list", (exchange, path) -> list(exchange));
        router.add("POST", PATH + "reset", (exchange, path) -> reset(exchange));
        router.add("POST", PATH + "update", (exchange, path) -> update(exchange));
        router.add("POST", PATH + "delete", (exchange, path) -> {
            tokens.authenticate(exchange);
            jobs.delete(find(jobs, JobRequests.id(Json.readObject(exchange), "job_id")));
            Json.respond(exchange, 200, Json.object());
        });
        new RunRoutes(jobs, runs, tokens).addTo(router);
    }

    static Job find(Jobs jobs, long id) {
        return jobs.find(id).orElseThrow(() -> ApiException.invalid("Job " + id + " does not exist."));
    }

    private void reset(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        JsonNode body = Json.readObject(exchange);
        Job job = find(jobs, JobRequests.id(body, "job_id"));
        if (!(body.get("new_settings") instanceof ObjectNode settings)) {
            throw ApiException.invalid("Missing required field: new_settings");
        }
        jobs.reset(job, settings);
        Json.respond(exchange, 200, Json.object());
    }

    /** Top-level fields are replaced; tasks are added or replaced by their keys, as the API's reference says. */
    private void update(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        JsonNode body = Json.readObject(exchange);
        Job job = find(jobs, JobRequests.id(body, "job_id"));
        ObjectNode settings = job.settings().deepCopy();
        body.path("new_settings").properties().forEach(field -> {
            if (field.getKey().equals("tasks")) {
                settings.set("tasks", mergedTasks(settings.path("tasks"), field.getValue()));
            } else {
                settings.set(field.getKey(), field.getValue());
            }
        });
        for (JsonNode name : body.path("fields_to_remove")) {
            remove(settings, name.asText());
        }
        jobs.reset(job, settings);
        Json.respond(exchange, 200, Json.object());
    }

    private static ArrayNode mergedTasks(JsonNode before, JsonNode changed) {
        ArrayNode merged = Json.object().putArray("tasks");
        java.util.Map<String, JsonNode> byKey = new java.util.LinkedHashMap<>();
        before.forEach(task -> byKey.put(task.path("task_key").asText(), task));
        changed.forEach(task -> byKey.put(task.path("task_key").asText(), task));
        byKey.values().forEach(merged::add);
        return merged;
    }

    private static void remove(ObjectNode settings, String name) {
        if (name.startsWith("tasks/") && settings.path("tasks") instanceof ArrayNode tasks) {
            String key = name.substring("tasks/".length());
            ArrayNode left = Json.object().putArray("tasks");
            tasks.forEach(task -> {
                if (!task.path("task_key").asText().equals(key)) {
                    left.add(task);
                }
            });
            settings.set("tasks", left);
        } else {
            settings.remove(name);
        }
    }

    private void list(Exchange exchange) throws IOException {
        tokens.authenticate(exchange);
        String name = exchange.query("name").orElse("");
        boolean tasks = exchange.query("expand_tasks").orElse("").equals("true");
        List<Job> all = jobs.all().stream()
                .filter(job ->
                        name.isEmpty() || job.settings().path("name").asText().equalsIgnoreCase(name))
                .toList();
        JobRequests.Page page = JobRequests.page(exchange, DEFAULT_PAGE, MAX_PAGE, all.size());
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("jobs");
        all.subList(page.from(), page.to()).forEach(job -> array.add(json(job, tasks)));
        Json.respond(exchange, 200, page.addTo(answer));
    }

    private static ObjectNode json(Job job, boolean tasks) {
        ObjectNode settings = job.settings().deepCopy();
        if (!tasks) {
            settings.remove("tasks");
        }
        ObjectNode node = Json.object()
                .put("job_id", job.id())
                .put("creator_user_name", job.owner())
                .put("created_time", job.createdAt().toEpochMilli());
        node.set("settings", settings);
        return node;
    }
}
