package io.lakeport.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a running workspace, and only the process that serves it. */
@Command(
        name = "stop",
        description = "Stop a running workspace; what is in its data directory stays.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace stop",
            "  lakeport workspace stop --data ./workspace",
        })
final class WorkspaceStopCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WorkspaceChoice choice = new WorkspaceChoice();

    private static final int GRACE_SECONDS = 20;

    WorkspaceStopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningWorkspace running = choice.require();
        // Looked up again by number and time of start: another process may have got the number.
        Optional<ProcessHandle> process = running.process();
        process.ifPresent(ProcessHandle::destroy);
        if (process.isPresent() && !ended(process.get(), GRACE_SECONDS)) {
            process.get().destroyForcibly();
            ended(process.get(), GRACE_SECONDS);
        }
        RunningWorkspace.remove(choice.stateFile());
        console.line("stopped the workspace of process " + running.pid());
        return console.finish();
    }

    private static boolean ended(ProcessHandle process, int seconds) throws InterruptedException {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process does not fail", e);
        }
    }
}
