package io.lakeport.localworkspace.server;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A workspace in a JVM of its own, with the flags that Arrow needs. It ends with this object, and with this process,
 * since it watches its standard input. Thread-safe.
 */
final class ChildWorkspace implements WorkspaceSimulator {
    private static final int START_SECONDS = 60;
    private static final int END_SECONDS = 15;

    private final Process process;
    private final OutputTail errors;
    private final SimulatorConnection connection;
    private volatile boolean closing;

    private ChildWorkspace(Process process, OutputTail errors, SimulatorConnection connection) {
        this.process = process;
        this.errors = errors;
        this.connection = connection;
    }

    static ChildWorkspace start(SimulatorSettings settings) {
        Process process;
        try {
            process = new ProcessBuilder(command(settings)).start();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INTERNAL, "Cannot start a JVM for the local workspace: " + e.getMessage(), e);
        }
        OutputTail errors = OutputTail.follow(process.getErrorStream());
        try {
            return new ChildWorkspace(process, errors, ConnectionJson.read(firstLine(process, errors)));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<String> command(SimulatorSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            // DuckDB and LZ4 are native; from here on the JVM warns about such access unless it is granted.
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-XX:+UseParallelGC");
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.add("-cp");
        command.add(ChildClassPath.of(LocalWorkspaceMain.class));
        command.add(LocalWorkspaceMain.class.getName());
        command.addAll(new Arguments(settings, true).toCommandLine());
        return command;
    }

    private static String firstLine(Process process, OutputTail errors) {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        line.complete(Optional.ofNullable(reader.readLine()));
                    } catch (IOException e) {
                        line.completeExceptionally(e);
                    }
                },
                "local-workspace-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return line.get(START_SECONDS, TimeUnit.SECONDS).orElseThrow(() -> ended(process, errors));
        } catch (TimeoutException e) {
            throw new LakeportException(
                    CoreError.INTERNAL,
                    "The local workspace was not ready after " + START_SECONDS + " s." + errors.sentence(),
                    e);
        } catch (ExecutionException e) {
            throw new LakeportException(
                    CoreError.INTERNAL, "Cannot read from the local workspace." + errors.sentence(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "Interrupted while the local workspace started.", e);
        }
    }

    private static LakeportException ended(Process process, OutputTail errors) {
        int code = waitFor(process, END_SECONDS) ? process.exitValue() : -1;
        errors.await();
        return new LakeportException(
                code == 2 ? CoreError.INVALID_ARGUMENT : CoreError.INTERNAL,
                "The local workspace ended with exit code " + code + " before it was ready." + errors.sentence());
    }

    private static boolean waitFor(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public SimulatorConnection connection() {
        return connection;
    }

    @Override
    public Optional<Throwable> failure() {
        return closing || process.isAlive() ? Optional.empty() : Optional.of(ended(process, errors));
    }

    /** Ends the process: by closing its input, then, after a grace, by force. */
    @Override
    public void close() {
        closing = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
        if (!waitFor(process, END_SECONDS)) {
            process.destroyForcibly();
            waitFor(process, END_SECONDS);
        }
    }
}
