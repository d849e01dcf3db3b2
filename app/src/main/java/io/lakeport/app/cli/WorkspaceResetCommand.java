package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Empties a running workspace. */
@Command(
        name = "reset",
        description = "Put a running workspace back to its start: tables, principals, jobs, history.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace reset",
            "  lakeport workspace reset --data ./workspace",
        })
final class WorkspaceResetCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WorkspaceChoice choice = new WorkspaceChoice();

    private static final int PATIENCE_SECONDS = 90;

    WorkspaceResetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunningWorkspace before = choice.require();
        Optional<Path> foreign = choice.data().filter(directory -> !DataDirectory.isOwn(directory));
        if (foreign.isPresent()) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_EMPTY,
                    foreign.get() + " held files before a workspace used it, and they must not be lost; stop the"
                            + " workspace and start one with a new directory");
        }
        Path request = WorkspaceService.resetRequest(choice.stateFile());
        try {
            Files.writeString(request, "");
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE, "Cannot ask for a reset by " + request + ": " + e.getMessage(), e);
        }
        await(before, request);
        console.line("The workspace is as new.");
        console.line("");
        console.line(new WorkspaceText(choice.require().connection()).connection());
        return console.finish();
    }

    private static void await(RunningWorkspace before, Path request) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10 && Files.exists(request); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (before.process().isEmpty()) {
                RunningWorkspace.remove(request);
                throw new LakeportException(
                        CoreError.INTERNAL, "The workspace ended while it was reset; start it again and see its log.");
            }
        }
    }
}
