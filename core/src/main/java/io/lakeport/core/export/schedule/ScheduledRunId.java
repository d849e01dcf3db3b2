package io.lakeport.core.export.schedule;

import io.lakeport.core.export.job.ExportJob;
import io.lakeport.core.export.job.JobEngine;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.tenant.WorkspaceHost;

/** Ids of runs that no host began: the same for the same run of a job, whoever asks. */
final class ScheduledRunId {
    private static final int DIGITS = 32;

    private ScheduledRunId() {}

    static String of(WorkspaceHost host, JobRun run) {
        return ExportJob.digest(host.authority() + "/" + JobEngine.origin(run)).substring(0, DIGITS);
    }
}
