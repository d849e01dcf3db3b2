package io.lakeport.localworkspace.job;

import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.Router;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.statement.StatementGateway;
import io.lakeport.localworkspace.system.PlainTable;
import io.lakeport.localworkspace.system.SystemTables;
import java.time.Clock;

/**
 * Jobs, runs and saved queries of a workspace. Thread-safe.
 *
 * @param jobs the jobs
 * @param runs their runs, and runs without a job
 * @param queries the saved queries
 * @param schedules what starts the jobs by the clock
 */
public record JobService(Jobs jobs, Runs runs, SavedQueries queries, Schedules schedules) implements AutoCloseable {
    /** Opens what an earlier run kept. */
    public static JobService open(StatementGateway gateway, StateFiles state, SqlFiles files, Clock clock) {
        SavedQueries queries = new SavedQueries(state);
        Jobs jobs = new Jobs(state, clock);
        Runs runs = new Runs(gateway, queries, files, clock);
        Schedules schedules = new Schedules(runs::startScheduled, clock);
        jobs.obey(schedules);
        return new JobService(jobs, runs, queries, schedules);
    }

    /** Adds the Jobs API and the Queries API. */
    public void addTo(Router router, TokenService tokens, Clock clock) {
        new JobRoutes(jobs, runs, tokens).addTo(router);
        new QueryRoutes(queries, tokens, clock).addTo(router);
    }

    /** Adds what the lakeflow tables show of it. */
    public void addTo(SystemTables tables) {
        tables.add(PlainTable.recent(
                "system.lakeflow.jobs",
                () -> jobs.changes().stream().map(JobFacts::row).toList()));
        tables.add(PlainTable.recent(
                "system.lakeflow.job_tasks",
                () -> jobs.changes().stream()
                        .flatMap(job -> job.taskRows().stream())
                        .toList()));
        tables.add(PlainTable.recent(
                "system.lakeflow.job_run_timeline",
                () -> runs.facts().stream().flatMap(run -> run.rows().stream()).toList()));
        tables.add(PlainTable.recent(
                "system.lakeflow.job_task_run_timeline",
                () -> runs.facts().stream()
                        .flatMap(run -> run.taskRows().stream())
                        .toList()));
    }

    /** Cancels all runs. */
    @Override
    public void close() {
        schedules.close();
        runs.close();
    }
}
