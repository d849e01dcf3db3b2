package io.lakeport.core.job;

import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: jobs of one tenant in its workspace (Jobs API 2.2 of Databricks). A job is known by the key of its definition
 * and the tenant, which it carries as tags; no other job is ever touched. Thread-safe.
 *
 * <p>Every method throws a {@link io.lakeport.core.error.LakeportException} as the workspace answered: PERMISSION_DENIED,
 * UNAUTHENTICATED, RESOURCE_EXHAUSTED, UNAVAILABLE, and NOT_FOUND for a job or run that is not there.
 */
public interface JobDeployer extends AutoCloseable {
    /** Returns why this tenant can have no jobs at present, one sentence; empty when nothing is known against it. */
    Optional<String> objection(Deadline deadline);

    /**
     * Makes a job be as it is defined: creates it, or changes in place what differs. A second call with the same
     * definition changes nothing.
     *
     * @throws io.lakeport.core.error.LakeportException OUTCOME_UNKNOWN when nobody answered whether the job was created;
     *     another call finds it
     */
    Deployment ensure(JobDefinition definition, Deadline deadline);

    /** Returns the job with that key, the oldest when there are several; empty when there is none. */
    Optional<DeployedJob> find(String key, Deadline deadline);

    /** Returns all jobs of the tenant that were deployed by this library, ordered by name. */
    List<DeployedJob> list(Deadline deadline);

    /**
     * Halts or resumes the schedule of a job; runs that have begun go on.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when it has no schedule
     */
    void pause(DeployedJob job, boolean paused, Deadline deadline);

    /** Removes a job and its files; a run that has begun is cancelled first. Nothing happens when it is gone. */
    void delete(DeployedJob job, Deadline deadline);

    /**
     * Starts a run, or returns the one that an earlier call with the same token started.
     *
     * @param token at most 64 characters, unique for what shall run once
     * @param parameters values of the definition's parameters
     */
    JobRun start(long jobId, String token, Map<String, String> parameters, Deadline deadline);

    /** Returns how far a run is. */
    JobRun run(long runId, Deadline deadline);

    /**
     * Returns the newest runs of a job, newest first, those that have not ended too.
     *
     * @param most how many at most; positive
     */
    List<JobRun> runs(long jobId, int most, Deadline deadline);

    /** Asks a run to end. It may go on for a while. */
    void cancel(long runId, Deadline deadline);

    @Override
    void close();
}
