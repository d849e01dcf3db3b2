package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Checks the settings of jobs and fills in what the API does. */
final class JobSettings {
    private static final int MOST_TASKS = 1000;

    private JobSettings() {}

    /** Returns settings with the API's defaults. */
    static ObjectNode complete(ObjectNode given) {
        ObjectNode settings = given.deepCopy();
        settings.remove("access_control_list");
        if (!settings.hasNonNull("name")) {
            settings.put("name", "Untitled");
        }
        if (!settings.has("max_concurrent_runs")) {
            settings.put("max_concurrent_runs", 1);
        }
        if (!settings.has("timeout_seconds")) {
            settings.put("timeout_seconds", 0);
        }
        settings.put("format", "MULTI_TASK");
        if (!settings.has("email_notifications")) {
            settings.putObject("email_notifications");
        }
        JsonNode schedule = settings.path("schedule");
        if (schedule instanceof ObjectNode given2 && !given2.has("pause_status")) {
            given2.put("pause_status", "UNPAUSED");
        }
        check(settings);
        return settings;
    }

    /** Fails unless the tasks can run: keys that are unique, dependencies that exist and lead nowhere in a circle. */
    static void check(JsonNode settings) {
        Map<String, Set<String>> waiting = new LinkedHashMap<>();
        if (settings.path("tasks").size() > MOST_TASKS) {
            throw ApiException.invalid("The number of tasks exceeds the maximum of " + MOST_TASKS + ".");
        }
        for (JsonNode task : settings.path("tasks")) {
            String key = task.path("task_key").asText();
            if (!key.matches("[\\w-]{1,100}")) {
                throw ApiException.invalid("Invalid task key '" + key
                        + "': it must have from 1 to 100 letters, digits, hyphens or underscores.");
            }
            Set<String> needs = new LinkedHashSet<>();
            task.path("depends_on")
                    .forEach(need -> needs.add(need.path("task_key").asText()));
            if (waiting.put(key, needs) != null) {
                throw ApiException.invalid("Duplicate task key '" + key + "'.");
            }
            checkSql(key, task.path("sql_task"));
        }
        JsonNode schedule = settings.path("schedule");
        if (schedule.isObject()
                && (!schedule.hasNonNull("quartz_cron_expression") || !schedule.hasNonNull("timezone_id"))) {
            throw ApiException.invalid("A schedule needs quartz_cron_expression and timezone_id.");
        }
        checkSchedule(schedule);
        checkOrder(waiting);
    }

    private static void checkSchedule(JsonNode schedule) {
        if (!schedule.isObject()) {
            return;
        }
        String cron = schedule.path("quartz_cron_expression").asText();
        String zone = schedule.path("timezone_id").asText();
        if (!QuartzCron.isZone(zone)) {
            throw ApiException.invalid("Invalid timezone_id: '" + zone + "'.");
        }
        try {
            QuartzCron.parse(cron);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("Invalid quartz_cron_expression: '" + cron + "': " + e.getMessage() + ".");
        }
    }

    private static void checkSql(String key, JsonNode sql) {
        if (sql.isObject() && !sql.hasNonNull("warehouse_id")) {
            throw ApiException.invalid("Task " + key + ": sql_task needs a warehouse_id.");
        }
        if (sql.isObject()
                && sql.path("query").isMissingNode()
                && sql.path("file").isMissingNode()
                && sql.path("dashboard").isMissingNode()
                && sql.path("alert").isMissingNode()) {
            throw ApiException.invalid("Task " + key + ": sql_task needs one of query, file, dashboard and alert.");
        }
    }

    private static void checkOrder(Map<String, Set<String>> waiting) {
        waiting.forEach((key, needs) -> needs.forEach(need -> {
            if (!waiting.containsKey(need)) {
                throw ApiException.invalid("Task " + key + " depends on task " + need + ", which does not exist.");
            }
        }));
        Set<String> done = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> task : waiting.entrySet()) {
                if (done.containsAll(task.getValue())) {
                    more |= done.add(task.getKey());
                }
            }
        }
        if (done.size() < waiting.size()) {
            throw ApiException.invalid("The tasks depend on each other in a circle.");
        }
    }

    /** Returns the job parameters of a run: defaults of the settings, overridden by the run's. */
    static Map<String, String> parameters(JsonNode settings, JsonNode overriding) {
        Map<String, String> parameters = new LinkedHashMap<>();
        settings.path("parameters")
                .forEach(p -> parameters.put(
                        p.path("name").asText(), p.path("default").asText()));
        overriding
                .properties()
                .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        return parameters;
    }
}
