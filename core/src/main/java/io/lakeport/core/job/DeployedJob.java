package io.lakeport.core.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job that stands in the workspace.
 *
 * @param id its id
 * @param key key of its definition
 * @param name its name
 * @param description its description
 * @param schedule when it runs by itself, empty for never
 * @param createdAt when it was created, by the workspace's clock
 */
public record DeployedJob(
        long id, String key, String name, String description, Optional<JobSchedule> schedule, Instant createdAt) {
    public DeployedJob {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
