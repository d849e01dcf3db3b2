package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts jobs when their schedules say so. Thread-safe. */
final class Schedules implements AutoCloseable {
    private final Consumer<Job> start;
    private final Clock clock;
    private final Map<Long, Future<?>> waiting = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "local-workspace-job-schedule");
        thread.setDaemon(true);
        return thread;
    });

    /** Creates the schedules; {@code start} begins a run and returns at once. */
    Schedules(Consumer<Job> start, Clock clock) {
        this.start = start;
        this.clock = clock;
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Follows a job from now on, as it is set. */
    synchronized void follow(Job job) {
        forget(job);
        plan(job, clock.instant());
    }

    /** Starts a job no more. */
    synchronized void forget(Job job) {
        Optional.ofNullable(waiting.remove(job.id())).ifPresent(next -> next.cancel(false));
    }

    private void plan(Job job, Instant after) {
        JsonNode schedule = job.settings().path("schedule");
        if (!schedule.isObject() || schedule.path("pause_status").asText().equals("PAUSED") || timer.isShutdown()) {
            return;
        }
        ZoneId zone = ZoneId.of(schedule.path("timezone_id").asText(), ZoneId.SHORT_IDS);
        QuartzCron.parse(schedule.path("quartz_cron_expression").asText())
                .next(after.atZone(zone))
                .ifPresent(next -> waiting.put(job.id(), wait(job, next)));
    }

    private Future<?> wait(Job job, ZonedDateTime next) {
        long millis = Math.max(0, Duration.between(clock.instant(), next).toMillis());
        return timer.schedule(() -> fire(job, next.toInstant()), millis, TimeUnit.MILLISECONDS);
    }

    private void fire(Job job, Instant time) {
        synchronized (this) {
            if (waiting.remove(job.id()) == null) {
                return;
            }
            Instant now = clock.instant();
            plan(job, now.isAfter(time) ? now : time);
        }
        start.accept(job);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
