package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a second process of this command line, which goes on when this one has ended. */
final class WorkspaceLauncher {
    static final String LOG = "workspace.log";
    private static final int START_SECONDS = 90;
    private static final long CHECK_MILLIS = 50;

    private WorkspaceLauncher() {}

    /**
     * Runs a command line without {@code --detach} and returns when its workspace is ready.
     *
     * @param arguments what the user typed
     */
    static RunningWorkspace launch(List<String> arguments, Path stateFile) throws InterruptedException {
        Path log = stateFile.resolveSibling(LOG);
        Process process;
        try {
            Path directory = Objects.requireNonNull(stateFile.getParent());
            Files.createDirectories(directory);
            new DataDirectory(Optional.of(directory)).claim();
            process = new ProcessBuilder(command(arguments))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(log.toFile())
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "Cannot start a process that logs to " + log + ": " + e.getMessage(),
                    e);
        }
        for (long i = 0; i < START_SECONDS * 1000 / CHECK_MILLIS; i++) {
            if (process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new LakeportException(CoreError.INVALID_ARGUMENT, "The workspace did not start. " + tail(log));
            }
            Optional<RunningWorkspace> running = RunningWorkspace.find(stateFile);
            if (running.isPresent() && running.get().pid() == process.pid()) {
                return running.get();
            }
        }
        process.destroy();
        throw new LakeportException(
                CoreError.DEADLINE_EXCEEDED,
                "The workspace was not ready after " + START_SECONDS + " s; see " + log + ". " + tail(log));
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String modulePath = System.getProperty("jdk.module.path", "");
        String classPath = System.getProperty("java.class.path", "");
        if (!modulePath.isEmpty()) {
            command.addAll(List.of("-p", absolute(modulePath)));
        }
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", absolute(classPath)));
        }
        String module = System.getProperty("jdk.module.main", "");
        if (module.isEmpty()) {
            command.add(Main.class.getName());
        } else {
            command.addAll(List.of("-m", module + "/" + Main.class.getName()));
        }
        arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(command::add);
        return command;
    }

    private static String absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            String text = String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
            return text.replaceFirst("^lakeport: ", "");
        } catch (IOException e) {
            return "Its log " + log + " cannot be read.";
        }
    }
}
