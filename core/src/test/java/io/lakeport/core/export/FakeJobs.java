package io.lakeport.core.export;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.job.JobRun.State;
import io.lakeport.core.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A workspace whose only job writes lines into the folder that its run is given; one run for each token. */
final class FakeJobs implements JobDeployer {
    static final int ROWS = 30;
    private static final long JOB = 7;

    final Map<String, JobRun> runs = new LinkedHashMap<>();
    final List<Long> cancelled = new ArrayList<>();
    Optional<String> objection = Optional.empty();
    State next = State.SUCCEEDED;
    int loseAnswers;
    int deletedAfterPolls = -1;
    private @Nullable JobDefinition deployed;

    private final InMemoryStore target;

    FakeJobs(InMemoryStore target) {
        this.target = target;
    }

    @Override
    public Optional<String> objection(Deadline deadline) {
        return objection;
    }

    @Override
    public Deployment ensure(JobDefinition definition, Deadline deadline) {
        deployed = definition;
        DeployedJob job = new DeployedJob(
                JOB, definition.key(), definition.name(), definition.description(), Optional.empty(), Instant.EPOCH);
        return new Deployment(job, false, List.of());
    }

    @Override
    public JobRun start(long jobId, String token, Map<String, String> parameters, Deadline deadline) {
        JobRun run = runs.computeIfAbsent(token, unknown -> begun(parameters));
        next = State.SUCCEEDED;
        if (loseAnswers-- > 0) {
            throw new LakeportException(CoreError.HOST_UNREACHABLE, "the answer was lost");
        }
        return run;
    }

    private JobRun begun(Map<String, String> parameters) {
        long id = runs.size() + 1L;
        if (next == State.SUCCEEDED) {
            for (int part = 0; part < 2; part++) {
                StringBuilder lines = new StringBuilder();
                for (int i = part; i < ROWS; i += 2) {
                    lines.append(i).append('\n');
                }
                String key = parameters.get("lakeport_folder") + "part-0000" + part + "-tid-" + id + ".parquet";
                target.objects.put(key, lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        List<JobRun.TaskRun> tasks = List.of(new JobRun.TaskRun("write", id + 100, "", next, ""));
        return new JobRun(JOB, id, Instant.EPOCH, next, "", "", parameters, tasks);
    }

    @Override
    public JobRun run(long runId, Deadline deadline) {
        if (deletedAfterPolls-- == 0) {
            throw new LakeportException(CoreError.OBJECT_NOT_FOUND, "Run " + runId + " does not exist.");
        }
        return runs.values().stream()
                .filter(run -> run.id() == runId)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void cancel(long runId, Deadline deadline) {
        cancelled.add(runId);
    }

    /** Adds a run that the clock began, and what it wrote of version 3. */
    JobRun byTheClock(long id, State state, int rows) {
        JobDefinition job = Optional.ofNullable(deployed).orElseThrow();
        if (rows > 0) {
            target.objects.put(
                    "job-" + JOB + "/" + id + "-3-" + (id + 100) + "/part-00000-tid-1.parquet",
                    "x\n".repeat(rows).getBytes(StandardCharsets.UTF_8));
        }
        String file =
                "/Users/a/.lakeport/acme/" + job.key() + "/" + job.task("write").fileName();
        JobRun run = new JobRun(
                JOB,
                id,
                Instant.EPOCH.plusSeconds(id),
                state,
                "",
                "",
                Map.of(),
                List.of(new JobRun.TaskRun("write", id + 100, file, state, "")));
        runs.put("clock " + id, run);
        return run;
    }

    @Override
    public Optional<DeployedJob> find(String key, Deadline deadline) {
        return Optional.ofNullable(deployed)
                .filter(job -> job.key().equals(key))
                .map(job -> ensure(job, deadline).job());
    }

    @Override
    public List<DeployedJob> list(Deadline deadline) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public void pause(DeployedJob job, boolean paused, Deadline deadline) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public void delete(DeployedJob job, Deadline deadline) {
        throw new IllegalStateException("not expected");
    }

    @Override
    public List<JobRun> runs(long jobId, int most, Deadline deadline) {
        return runs.values().stream()
                .sorted(Comparator.comparing(JobRun::id).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public void close() {}
}
