package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running workspace a command is about. */
final class WorkspaceChoice {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The workspace that keeps its tables here; without it the one in memory.")
    private @Nullable Path data;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    Path stateFile() {
        return RunningWorkspace.file(data());
    }

    Optional<RunningWorkspace> find() {
        return RunningWorkspace.find(stateFile());
    }

    /**
     * Returns the workspace.
     *
     * @throws LakeportException NOT_FOUND when none runs
     */
    RunningWorkspace require() {
        return find().orElseThrow(() -> new LakeportException(
                CoreError.OBJECT_NOT_FOUND,
                "no workspace runs" + data().map(d -> " on " + d).orElse(" in memory")
                        + "; start one by 'lakeport workspace start --detach"
                        + data().map(d -> " --data " + d).orElse("")
                        + "'" + (data().isPresent() ? "" : ", or name its --data")));
    }
}
