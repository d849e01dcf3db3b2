package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of the workspace, and how they changed. Survives a restart. Thread-safe. */
public final class Jobs {
    private static final String DOCUMENT = "jobs";

    private final StateFiles state;
    private final Clock clock;
    private final Map<Long, Job> byId = new LinkedHashMap<>();
    private final List<JobFacts> changes = new ArrayList<>();
    private Optional<Schedules> schedules = Optional.empty();

    /** Reads the jobs of an earlier run. */
    public Jobs(StateFiles state, Clock clock) {
        this.state = state;
        this.clock = clock;
        state.read(DOCUMENT)
                .ifPresent(document -> document.forEach(one -> {
                    Job job = new Job(
                            one.path("id").asLong(),
                            one.path("owner").asText(),
                            one.path("ownerId").asLong(),
                            one.path("settings").deepCopy(),
                            Instant.parse(one.path("createdAt").asText()));
                    byId.put(job.id(), job);
                    changes.add(facts(job, job.createdAt(), false));
                }));
    }

    /** Adds a job. */
    public synchronized Job create(Principal principal, ObjectNode settings) {
        Job job = Job.of(principal, JobSettings.complete(settings), clock.instant());
        changed(job, false);
        return job;
    }

    /** Replaces the settings of a job. */
    public synchronized void reset(Job job, ObjectNode settings) {
        changed(job.with(JobSettings.complete(settings)), false);
    }

    /** Deletes a job; its runs stay. */
    public synchronized void delete(Job job) {
        changed(job, true);
    }

    /** Lets all jobs run by their schedules from now on. */
    synchronized void obey(Schedules timetable) {
        schedules = Optional.of(timetable);
        byId.values().forEach(timetable::follow);
    }

    private void changed(Job job, boolean deleted) {
        schedules.ifPresent(timetable -> {
            if (deleted) {
                timetable.forget(job);
            } else {
                timetable.follow(job);
            }
        });
        if (deleted) {
            byId.remove(job.id());
        } else {
            byId.put(job.id(), job);
        }
        changes.add(facts(job, clock.instant(), deleted));
        ArrayNode document = Json.object().putArray(DOCUMENT);
        for (Job one : byId.values()) {
            document.addObject()
                    .put("id", one.id())
                    .put("owner", one.owner())
                    .put("ownerId", one.ownerId())
                    .put("createdAt", one.createdAt().toString())
                    .set("settings", one.settings());
        }
        state.write(DOCUMENT, document);
    }

    /** Returns a job. */
    public synchronized Optional<Job> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all jobs, newest first. */
    public synchronized List<Job> all() {
        List<Job> all = new ArrayList<>(byId.values());
        java.util.Collections.reverse(all);
        return all;
    }

    /** Returns every setting that a job had, oldest first. */
    public synchronized List<JobFacts> changes() {
        return List.copyOf(changes);
    }

    private static JobFacts facts(Job job, Instant at, boolean deleted) {
        JsonNode settings = job.settings();
        Map<String, String> tags = new LinkedHashMap<>();
        settings.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        List<JobFacts.Task> tasks = new ArrayList<>();
        for (JsonNode task : settings.path("tasks")) {
            List<String> needs = new ArrayList<>();
            task.path("depends_on")
                    .forEach(need -> needs.add(need.path("task_key").asText()));
            tasks.add(new JobFacts.Task(
                    task.path("task_key").asText(),
                    needs,
                    task.path("timeout_seconds").asLong()));
        }
        JsonNode schedule = settings.path("schedule");
        return new JobFacts(
                String.valueOf(job.id()),
                settings.path("name").asText(),
                settings.path("description").asText(),
                new JobFacts.User(String.valueOf(job.ownerId()), job.owner()),
                tags,
                schedule.isObject()
                        ? Optional.of(new JobFacts.Schedule(
                                schedule.path("quartz_cron_expression").asText(),
                                schedule.path("timezone_id").asText(),
                                schedule.path("pause_status").asText().equals("PAUSED")))
                        : Optional.empty(),
                settings.path("timeout_seconds").asLong(),
                tasks,
                job.createdAt(),
                at,
                deleted ? Optional.of(at) : Optional.empty());
    }
}
