package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.export.run.Garbage;
import io.lakeport.core.time.Deadline;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Removes what dead runs left. */
@Command(
        name = "gc",
        description = "Remove what runs left at a target that were not published and whose process is gone.",
        footerHeading = "%nExamples:%n",
        footer = "  lakeport export gc -c acme.json s3://lake/acme/orders/ --older-than 1d")
final class ExportGcCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ExportTargetOptions place = new ExportTargetOptions();

    @Mixin
    private TimeLimit time = new TimeLimit();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "Take a run of another machine for dead after so long; ${DEFAULT-VALUE} if not given."
                    + " Of a run of this machine it is known whether its process is there.")
    private String olderThan = "1d";

    @Option(names = "--json", description = "Print what was removed as one JSON object.")
    private boolean json;

    ExportGcCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        Deadline deadline = time.deadline();
        Garbage.Removed removed = place.with(
                console,
                parent.connection(),
                exports -> exports.collectGarbage(place.target(), Quantity.duration(olderThan), deadline));
        if (json) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("target", place.target());
            members.put("runs", removed.runs());
            members.put("files", removed.files());
            members.put("bytes", removed.bytes());
            console.line(JsonText.line(members));
        } else {
            console.line(String.format(
                    Locale.ROOT,
                    "removed %d unfinished run(s), %d file(s), %,d bytes",
                    removed.runs(),
                    removed.files(),
                    removed.bytes()));
        }
        return console.finish();
    }
}
