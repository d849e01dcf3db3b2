package io.lakeport.core.doctor.monitoring;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Statements;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;

/** Whether any run of a job is seen: a new connection that shows no jobs is not broken as long as none ran. */
final class RunsCheck implements Check {
    private static final String STATEMENT = "SELECT max(period_end_time) FROM system.lakeflow.job_run_timeline";

    @Override
    public String name() {
        return "job-runs";
    }

    @Override
    public List<String> needs() {
        return List.of("system.lakeflow");
    }

    @Override
    public String tried(Visit visit) {
        return STATEMENT;
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("admin/system-tables/jobs");
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        String newest = Statements.read(visit, STATEMENT, deadline).first();
        return newest.isEmpty() || newest.equals("null")
                ? Outcome.warned(MonitoringCause.NO_RUNS_SEEN, "no run")
                : Outcome.passed("the newest run ended at " + newest);
    }
}
