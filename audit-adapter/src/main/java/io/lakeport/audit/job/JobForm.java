package io.lakeport.audit.job;

import com.databricks.sdk.service.jobs.CronSchedule;
import com.databricks.sdk.service.jobs.JobParameterDefinition;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.PauseStatus;
import com.databricks.sdk.service.jobs.QueueSettings;
import com.databricks.sdk.service.jobs.Source;
import com.databricks.sdk.service.jobs.SqlTask;
import com.databricks.sdk.service.jobs.SqlTaskFile;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.TaskDependency;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.job.JobTask;
import io.lakeport.core.tenant.TenantId;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Definitions as settings of the Jobs API, and what differs between two settings in the fields that we set. */
final class JobForm {
    /** Tag with the tenant's id. */
    static final String TENANT = "lakeport_tenant";
    /** Tag with the key of the definition. */
    static final String KEY = "lakeport_job";

    private static final String NONE = "nothing";

    private JobForm() {}

    /** Puts a definition into settings; what others set there, such as notifications, stays. */
    static JobSettings fill(JobSettings settings, JobDefinition job, TenantId tenant, Map<String, String> files) {
        Map<String, String> tags = new HashMap<>(Objects.requireNonNullElse(settings.getTags(), Map.of()));
        tags.put(TENANT, tenant.value());
        tags.put(KEY, job.key());
        job.schedule().ifPresent(when -> settings.setSchedule(cron(when)));
        return settings.setName(job.name())
                .setDescription(job.description())
                .setTags(tags)
                .setTasks(job.tasks().stream()
                        .map(task -> task(job, task, Objects.requireNonNull(files.get(task.key()))))
                        .toList())
                .setParameters(job.parameters().stream()
                        .map(name -> new JobParameterDefinition().setName(name).setDefault(""))
                        .toList())
                // Two runs at a time would only compete for the warehouse; the second waits for its turn.
                .setMaxConcurrentRuns(1L)
                .setQueue(new QueueSettings().setEnabled(true));
    }

    private static Task task(JobDefinition job, JobTask task, String file) {
        Task made = new Task()
                .setTaskKey(task.key())
                .setSqlTask(new SqlTask()
                        .setWarehouseId(job.warehouseId())
                        .setFile(new SqlTaskFile().setPath(file).setSource(Source.WORKSPACE))
                        .setParameters(new TreeMap<>(task.parameters())));
        return task.after().isEmpty()
                ? made
                : made.setDependsOn(task.after().stream()
                        .map(key -> new TaskDependency().setTaskKey(key))
                        .toList());
    }

    static CronSchedule cron(JobSchedule when) {
        return new CronSchedule()
                .setQuartzCronExpression(when.cron())
                .setTimezoneId(when.zone().getId())
                .setPauseStatus(when.paused() ? PauseStatus.PAUSED : PauseStatus.UNPAUSED);
    }

    static Optional<JobSchedule> schedule(@Nullable CronSchedule cron) {
        if (cron == null || cron.getQuartzCronExpression() == null) {
            return Optional.empty();
        }
        return Optional.of(new JobSchedule(
                cron.getQuartzCronExpression(),
                zone(cron.getTimezoneId()),
                cron.getPauseStatus() == PauseStatus.PAUSED));
    }

    private static ZoneId zone(@Nullable String id) {
        try {
            return ZoneId.of(String.valueOf(id), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** Returns what differs, a line each: what it is, before and after. */
    static List<String> differences(JobSettings before, JobSettings after) {
        Map<String, String> old = facts(before);
        Map<String, String> wanted = facts(after);
        List<String> lines = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(wanted.keySet());
        for (String name : names) {
            String was = old.getOrDefault(name, NONE);
            String shall = wanted.getOrDefault(name, NONE);
            if (!was.equals(shall)) {
                lines.add(name + ": " + was + " -> " + shall);
            }
        }
        return lines;
    }

    private static Map<String, String> facts(JobSettings settings) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("name", String.valueOf(settings.getName()));
        facts.put("description", String.valueOf(settings.getDescription()));
        facts.put("runs at a time", String.valueOf(settings.getMaxConcurrentRuns()));
        facts.put(
                "queue",
                String.valueOf(settings.getQueue() != null
                        && Boolean.TRUE.equals(settings.getQueue().getEnabled())));
        facts.put(
                "schedule",
                schedule(settings.getSchedule()).map(JobSchedule::toString).orElse(NONE));
        Objects.requireNonNullElse(settings.getTags(), Map.<String, String>of())
                .forEach((name, value) -> facts.put("tag " + name, value));
        each(settings.getParameters())
                .forEach(p -> facts.put("parameter " + p.getName(), "'" + p.getDefault() + "' if not given"));
        each(settings.getTasks()).forEach(task -> addTask(facts, task));
        return facts;
    }

    private static void addTask(Map<String, String> facts, Task task) {
        String name = "task " + task.getTaskKey();
        facts.put(
                name + " after",
                each(task.getDependsOn()).stream()
                        .map(TaskDependency::getTaskKey)
                        .toList()
                        .toString());
        SqlTask sql = task.getSqlTask();
        if (sql == null || sql.getFile() == null) {
            facts.put(name + " file", "no SQL file");
            return;
        }
        facts.put(name + " file", String.valueOf(sql.getFile().getPath()));
        facts.put(name + " warehouse", String.valueOf(sql.getWarehouseId()));
        facts.put(
                name + " parameters",
                new TreeMap<>(Objects.requireNonNullElse(sql.getParameters(), Map.<String, String>of())).toString());
    }

    static <T> Collection<T> each(@Nullable Collection<T> some) {
        return some == null ? List.of() : some;
    }
}
