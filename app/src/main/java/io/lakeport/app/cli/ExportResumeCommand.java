package io.lakeport.app.cli;

import io.lakeport.app.cli.ExportCommand.ExportEffort;
import io.lakeport.app.config.JsonText;
import io.lakeport.core.manifest.ExportManifest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Goes on with an export that was interrupted. */
@Command(
        name = "resume",
        description = {
            "Go on with the run that was begun at a target and not published.",
            "Rows whose files are recorded are not read again while the workspace keeps the statement's result.",
        },
        footerHeading = "%nExamples:%n",
        footer = "  lakeport export resume -c acme.json s3://lake/acme/orders/")
final class ExportResumeCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ExportTargetOptions place = new ExportTargetOptions();

    @Mixin
    private ExportEffort effort = new ExportEffort();

    @Option(names = "--json", description = "Print the outcome as one JSON object.")
    private boolean json;

    ExportResumeCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        ExportManifest run;
        try (ProgressLine progress = new ProgressLine(console)) {
            run = place.with(
                    console,
                    parent.connection(),
                    exports -> ResumeHint.during(
                            console,
                            place.target(),
                            () -> effort.apply(exports).resume(place.target(), effort.deadline(), progress)));
        }
        console.line(json ? JsonText.line(ManifestText.members(run)) : ManifestText.line(place.target(), run));
        return console.finish();
    }
}
