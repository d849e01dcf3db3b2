package io.lakeport.app.cli;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Serves a workspace until this process is told to end, and starts it anew when a reset is asked for. */
final class WorkspaceService {
    private static final long CHECK_MILLIS = 200;

    private final WorkspaceSimulatorProvider provider;
    private final SimulatorSettings settings;
    private final Optional<Path> stateFile;
    private final Console console;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Optional<WorkspaceSimulator> running = Optional.empty();

    /**
     * Prepares a service.
     *
     * @param stateFile where other commands find it, empty when they need not
     */
    WorkspaceService(
            WorkspaceSimulatorProvider provider,
            SimulatorSettings settings,
            Optional<Path> stateFile,
            Console console) {
        this.provider = provider;
        this.settings = settings;
        this.stateFile = stateFile;
        this.console = console;
    }

    /** Returns the file by which a reset is asked for. */
    static Path resetRequest(Path stateFile) {
        return stateFile.resolveSibling("reset-requested");
    }

    void serve(Consumer<SimulatorConnection> ready) throws InterruptedException {
        DataDirectory data = new DataDirectory(settings.dataDirectory());
        data.claim();
        Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    running.ifPresent(WorkspaceSimulator::close);
                    stateFile.ifPresent(RunningWorkspace::remove);
                },
                "lakeport-workspace-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            SimulatorConnection first = start(settings);
            ready.accept(first);
            SimulatorSettings same = new SimulatorSettings(
                    first.port(), settings.dataDirectory(), settings.tables(), settings.options());
            while (serveUntilReset()) {
                running.ifPresent(WorkspaceSimulator::close);
                data.empty();
                start(same);
                stateFile.map(WorkspaceService::resetRequest).ifPresent(RunningWorkspace::remove);
                console.note("The workspace was reset.");
            }
        } catch (RuntimeException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            running.ifPresent(WorkspaceSimulator::close);
            stateFile.ifPresent(RunningWorkspace::remove);
            throw e;
        }
    }

    private SimulatorConnection start(SimulatorSettings how) {
        WorkspaceSimulator simulator = provider.start(how);
        running = Optional.of(simulator);
        stateFile.ifPresent(
                file -> RunningWorkspace.here(simulator.connection()).write(file));
        return simulator.connection();
    }

    /** Returns whether a reset was asked for; false means that the process ends. */
    private boolean serveUntilReset() throws InterruptedException {
        while (!stop.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<Throwable> failure = running.flatMap(WorkspaceSimulator::failure);
            if (failure.isPresent()) {
                throw new LakeportException(
                        CoreError.INTERNAL,
                        "the workspace ended by itself: " + failure.get().getMessage(),
                        failure.get());
            }
            if (stateFile
                    .map(WorkspaceService::resetRequest)
                    .filter(Files::exists)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
