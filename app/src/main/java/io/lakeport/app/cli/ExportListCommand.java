package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.core.export.run.RunStatus;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the runs of a target. */
@Command(
        name = "list",
        description = "Show the runs of a target: those that were published, and those that were begun only.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export list -c acme.json s3://lake/acme/orders/",
            "  lakeport export list -c acme.json --json ./orders | jq .rows",
        })
final class ExportListCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ExportTargetOptions place = new ExportTargetOptions();

    @Mixin
    private TimeLimit time = new TimeLimit();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    ExportListCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    private record Runs(List<ExportManifest> published, List<RunStatus> unfinished) {}

    @Override
    public Integer call() {
        Deadline deadline = time.deadline();
        Runs runs = place.with(
                console,
                parent.connection(),
                exports ->
                        new Runs(exports.list(place.target(), deadline), exports.unfinished(place.target(), deadline)));
        Instant now = Instant.now();
        if (json) {
            runs.published().forEach(run -> console.line(JsonText.line(members(run))));
            runs.unfinished().forEach(run -> console.line(JsonText.line(RunStatusText.members(run, now))));
            return console.finish();
        }
        if (!runs.published().isEmpty()) {
            print(runs.published());
        }
        runs.unfinished().forEach(run -> console.line(RunStatusText.line(run, now)));
        console.note(runs.published().size() + " published run(s), "
                + runs.unfinished().size() + " unfinished");
        return console.finish();
    }

    private static Map<String, Object> members(ExportManifest run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "published");
        json.putAll(ManifestText.members(run));
        return json;
    }

    private void print(List<ExportManifest> runs) {
        TextTable table =
                new TextTable("RUN", "MODE", "ENGINE", "ROWS", "BYTES", "FILES", "VERSION", "PUBLISHED", "WINDOW");
        for (ExportManifest run : runs) {
            table.row(
                    Long.toString(run.sequence()),
                    ExportRequestOptions.text(run.mode()),
                    run.origin().engine(),
                    String.format(Locale.ROOT, "%,d", run.rows()),
                    String.format(Locale.ROOT, "%,d", run.bytes()),
                    Integer.toString(run.files().size()),
                    run.origin().snapshotVersion().isPresent()
                            ? Long.toString(run.origin().snapshotVersion().getAsLong())
                            : "-",
                    run.publishedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    ManifestText.part(run).orElse("all rows"));
        }
        table.print(console);
    }

    /** A run that was begun and not published, for a person and for a script. */
    static final class RunStatusText {
        private RunStatusText() {}

        static String line(RunStatus run, Instant now) {
            return String.format(
                    Locale.ROOT,
                    "run %d is unfinished: %s (%s), begun %s ago, attempt %d, %,d rows in %d segment(s) are kept",
                    run.plan().sequence(),
                    run.owner().map(Object::toString).orElse("nobody has worked on it"),
                    life(run),
                    age(run, now),
                    run.attempts(),
                    run.rows(),
                    run.segments());
        }

        private static String life(RunStatus run) {
            return switch (run.life()) {
                case ALIVE -> "at work";
                case DEAD -> "ended; resume goes on with it";
                case UNKNOWN -> "on another machine, which cannot be asked from here";
            };
        }

        private static String age(RunStatus run, Instant now) {
            Duration age = Duration.between(run.plan().startedAt(), now);
            long seconds = Math.max(0, age.toSeconds());
            if (seconds < 120) {
                return seconds + " s";
            }
            return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
        }

        static Map<String, Object> members(RunStatus run, Instant now) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("state", "unfinished");
            json.put("sequence", run.plan().sequence());
            json.put("run_id", run.plan().runId());
            json.put("source", run.plan().request().source().quoted());
            json.put("mode", ExportRequestOptions.text(run.plan().request().mode()));
            json.put("engine", run.plan().engine());
            json.put("started_at", run.plan().startedAt());
            json.put(
                    "age_seconds", Duration.between(run.plan().startedAt(), now).toSeconds());
            run.owner().ifPresent(owner -> json.put("owner", owner.toString()));
            json.put("life", run.life().name().toLowerCase(Locale.ROOT));
            json.put("attempts", run.attempts());
            json.put("segments", run.segments());
            json.put("rows", run.rows());
            json.put("bytes", run.bytes());
            return json;
        }
    }
}
