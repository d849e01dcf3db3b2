package io.lakeport.core.job;

import java.util.List;
import java.util.Objects;

/**
 * What it took to make a job be as it is defined.
 *
 * @param job the job
 * @param created whether it was not there before
 * @param changes what was changed in place, a line each; empty when it was as defined, or is new
 */
public record Deployment(DeployedJob job, boolean created, List<String> changes) {
    public Deployment {
        Objects.requireNonNull(job, "job");
        changes = List.copyOf(changes);
    }

    /** Returns whether it stood as it is defined. */
    public boolean isUnchanged() {
        return !created && changes.isEmpty();
    }
}
