package io.lakeport.core.export.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that a run without a host writes. Its name tells whose it is and what is in it: job, run, version of the
 * source, and the attempt, so that a task that is run again never writes where files may have been published.
 *
 * @param job id of the job
 * @param run id of the job's run
 * @param version version of the source that was read
 * @param task id of the run of the task
 */
public record StagedFolder(long job, long run, long version, long task) {
    /** How the workspace tells the version (dynamic value references of Databricks jobs). */
    static final String VERSION = "{{tasks." + ExportJob.PIN + ".output.first_row.version}}";

    /** How it makes the name. */
    static final String TEMPLATE = "job-{{job.id}}/{{job.run_id}}-" + VERSION + "-{{task.run_id}}/";

    /** What all such folders begin with. */
    public static final String PREFIX = "job-";

    private static final Pattern NAME =
            Pattern.compile("job-(?<job>\\d{1,18})/(?<run>\\d{1,18})-(?<version>\\d{1,18})-(?<task>\\d{1,18})/.*");

    /** Returns the folder that an object lies in, empty when it lies in none. */
    public static Optional<StagedFolder> of(String key) {
        Matcher matcher = NAME.matcher(key);
        return matcher.matches()
                ? Optional.of(new StagedFolder(
                        Long.parseLong(matcher.group("job")),
                        Long.parseLong(matcher.group("run")),
                        Long.parseLong(matcher.group("version")),
                        Long.parseLong(matcher.group("task"))))
                : Optional.empty();
    }

    /** Returns its key prefix, ending in a slash. */
    public String path() {
        return PREFIX + job + "/" + run + "-" + version + "-" + task + "/";
    }
}
