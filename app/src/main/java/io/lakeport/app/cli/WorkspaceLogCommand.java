package io.lakeport.app.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the request log of a running workspace. */
@Command(
        name = "log",
        description = "Show the requests that a running workspace answered.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace log",
            "  lakeport workspace log --follow",
        })
final class WorkspaceLogCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WorkspaceChoice choice = new WorkspaceChoice();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new requests until Ctrl-C.")
    private boolean follow;

    private static final long PAUSE_MILLIS = 500;

    WorkspaceLogCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningWorkspace running = choice.require();
        WorkspaceControl control = new WorkspaceControl(running.connection());
        String since = "0";
        do {
            WorkspaceControl.Answer answer = control.get("/local/log?format=text&since=" + since);
            console.out().print(answer.text());
            since = answer.next().isEmpty() ? since : answer.next();
            if (!follow || console.outputEnded()) {
                return console.finish();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } while (running.process().isPresent());
        return console.finish();
    }
}
