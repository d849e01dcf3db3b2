package io.lakeport.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells of a running workspace. */
@Command(
        name = "status",
        description = "Show whether a workspace runs, where, and what it did.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace status",
            "  lakeport workspace status --data ./workspace --json",
        })
final class WorkspaceStatusCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WorkspaceChoice choice = new WorkspaceChoice();

    @Option(names = "--json", description = "Print how to reach it as one line of JSON instead.")
    private boolean json;

    WorkspaceStatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunningWorkspace running = choice.require();
        WorkspaceText text = new WorkspaceText(running.connection());
        if (json) {
            console.line(text.json());
            return console.finish();
        }
        console.line("A workspace runs in process " + running.pid());
        console.line("");
        console.line(text.connection());
        console.line(new WorkspaceControl(running.connection())
                .get("/local/status?format=text")
                .text()
                .stripTrailing());
        return console.finish();
    }
}
