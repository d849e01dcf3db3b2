package io.lakeport.core.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job shall be. It holds no secret: whoever may see the job sees all of it.
 *
 * @param key what it is known by within the tenant, for example a digest: letters, digits and hyphens
 * @param name for people
 * @param description for people
 * @param warehouseId where its tasks run
 * @param tasks what it does; not empty
 * @param parameters names of parameters that a run may be given; empty text when it is given none
 * @param schedule when it runs by itself, empty to leave the schedule of a job that is there as it is
 */
public record JobDefinition(
        String key,
        String name,
        String description,
        String warehouseId,
        List<JobTask> tasks,
        List<String> parameters,
        Optional<JobSchedule> schedule) {
    public JobDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(warehouseId, "warehouseId");
        Objects.requireNonNull(schedule, "schedule");
        tasks = List.copyOf(tasks);
        parameters = List.copyOf(parameters);
        if (!key.matches("[A-Za-z0-9-]{1,64}") || tasks.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' with " + tasks.size()
                    + " tasks defines no job; give a key" + " of letters, digits and hyphens, and a task");
        }
    }

    /** Returns its task of that key. */
    public JobTask task(String named) {
        return tasks.stream()
                .filter(task -> task.key().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("job '" + name + "' has no task '" + named + "'"));
    }

    /** Returns this definition with a schedule. */
    public JobDefinition by(JobSchedule when) {
        return new JobDefinition(key, name, description, warehouseId, tasks, parameters, Optional.of(when));
    }
}
