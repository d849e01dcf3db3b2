package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.export.schedule.CollectedRun;
import io.lakeport.core.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Publishes what the workspace exported by itself. */
@Command(
        name = "collect",
        description = {
            "Publish the runs that the workspace made by schedule and that ended well, in order and each once.",
            "A run that failed or was cut off is never published; what it left is removed. The exit code is 7 then.",
        },
        footerHeading = "%nExamples:%n",
        footer = "  lakeport export collect -c acme.json s3://lake/acme/orders/")
final class ExportCollectCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ExportTargetOptions place = new ExportTargetOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "For all runs together; ${DEFAULT-VALUE} if not given.")
    private String timeout = "1d";

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    ExportCollectCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        List<CollectedRun> runs;
        try (ProgressLine progress = new ProgressLine(console)) {
            runs = place.withTenant(
                    console,
                    parent.connection(),
                    tenant -> tenant.schedules()
                            .collect(place.target(), Deadline.after(Quantity.duration(timeout)), progress));
        }
        runs.forEach(run -> console.line(json ? JsonText.line(members(run)) : line(run)));
        long published = runs.stream().filter(run -> run.manifest().isPresent()).count();
        console.note(published + " run(s) published, " + (runs.size() - published) + " not");
        boolean lost = runs.stream()
                .anyMatch(run -> run.run().state().isEnd() && run.manifest().isEmpty());
        int finished = console.finish();
        return lost ? ExitCode.CONFLICT : finished;
    }

    private String line(CollectedRun run) {
        String which = "job run " + run.run().id() + " of " + run.run().startedAt() + ", "
                + run.run().state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": ";
        return which
                + run.manifest()
                        .map(manifest -> "published, " + ManifestText.line(place.target(), manifest))
                        .orElse("not published, because " + run.note());
    }

    private static Map<String, Object> members(CollectedRun run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job_id", run.run().jobId());
        json.put("job_run_id", run.run().id());
        json.put("started_at", run.run().startedAt());
        json.put("state", run.run().state().name().toLowerCase(Locale.ROOT));
        json.put("published", run.manifest().isPresent());
        if (!run.note().isEmpty()) {
            json.put("why_not", run.note());
        }
        run.manifest().ifPresent(manifest -> json.putAll(ManifestText.members(manifest)));
        return json;
    }
}
