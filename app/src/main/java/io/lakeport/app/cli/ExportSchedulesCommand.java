package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.export.schedule.ExportSchedules;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows, halts and removes what the workspace exports by itself. */
@Command(
        name = "schedules",
        description = "List the jobs that export for the tenant; or halt, resume or remove one.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export schedules -c acme.json",
            "  lakeport export schedules -c acme.json --pause s3://lake/acme/orders/",
            "  lakeport export schedules -c acme.json --remove s3://lake/acme/orders/",
        })
final class ExportSchedulesCommand implements Callable<Integer> {
    private static final Duration TIME = Duration.ofMinutes(10);

    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @ArgGroup
    private Change change = new Change();

    @Option(names = "--allow-target", description = "Go there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** At most one of them. */
    static final class Change {
        @Option(names = "--pause", paramLabel = "TARGET", description = "Halt the schedule of this target's export.")
        private @Nullable String pause;

        @Option(names = "--unpause", paramLabel = "TARGET", description = "Let it go on.")
        private @Nullable String unpause;

        @Option(
                names = "--remove",
                paramLabel = "TARGET",
                description = "Remove its job. Runs that were not collected are lost.")
        private @Nullable String remove;

        @Nullable
        String target() {
            return pause != null ? pause : unpause != null ? unpause : remove;
        }
    }

    ExportSchedulesCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        ConnectionOptions options = connection.or(parent.connection());
        LakeportConfig read = options.config(console);
        String id = options.tenant(read);
        String text = change.target();
        LakeportConfig config = text != null && (allowTarget || options.isDirect())
                ? read.withObjectPrefix(id, TargetText.uri(text))
                : read;
        List<DeployedJob> jobs;
        try (Lakeport lakeport = options.start(config)) {
            ExportSchedules schedules = lakeport.tenant(id).schedules();
            jobs = text == null
                    ? schedules.list(Deadline.after(TIME))
                    : List.of(changed(schedules, TargetText.uri(text), Deadline.after(TIME)));
        }
        jobs.forEach(job -> console.line(
                json
                        ? JsonText.line(ExportScheduleCommand.members(job))
                        : ExportScheduleCommand.line(job) + (change.remove == null ? "" : ": removed")));
        if (text == null) {
            console.note(jobs.size() + " job(s)");
        }
        return console.finish();
    }

    private DeployedJob changed(ExportSchedules schedules, URI target, Deadline deadline) {
        return change.remove != null
                ? schedules.remove(target, deadline)
                : schedules.pause(target, change.pause != null, deadline);
    }
}
