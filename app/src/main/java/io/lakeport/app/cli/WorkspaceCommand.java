package io.lakeport.app.cli;

import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a simulated workspace in the foreground. */
@Command(
        name = "workspace",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run a workspace on this machine that speaks Databricks' protocols.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace start --load orders=orders.parquet",
            "  lakeport workspace start --port 8443 --data ./workspace --json",
        })
final class WorkspaceCommand implements Runnable {
    private static final long HEALTH_CHECK_MILLIS = 500;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    WorkspaceCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: start");
    }

    /** Where tables live. */
    static final class Place {
        @Option(names = "--data", paramLabel = "DIR", description = "Keep tables in this directory between starts.")
        private @Nullable Path data;

        @Option(names = "--memory", description = "Keep tables in memory only (the default).")
        private boolean memory;
    }

    @Command(
            name = "start",
            description = "Start a workspace, print how to reach it, and serve until SIGTERM or Ctrl-C.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  lakeport workspace start --load orders=orders.parquet",
                "  lakeport workspace start --port 8443 --data ./workspace --json",
            })
    int start(
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "Port of plain HTTP; any free one if not given.")
                    int port,
            @ArgGroup Place place,
            @Option(
                            names = "--load",
                            paramLabel = "NAME=FILE",
                            description = "Load a Parquet, CSV or JSON file as a table; may be repeated.")
                    Map<String, Path> load,
            @Option(
                            names = "--plugins",
                            paramLabel = "DIR",
                            description = "Look for the simulator here; may be repeated.")
                    List<Path> plugins,
            @Option(names = "--json", description = "Print one line of JSON instead of text.") boolean json)
            throws InterruptedException {
        Optional<Path> data = Optional.ofNullable(place).map(where -> where.data);
        Map<String, Path> tables = load == null ? Map.of() : load;
        SimulatorSettings settings = new SimulatorSettings(port, data, tables);
        try (Providers providers =
                PluginHost.find(Distribution.pluginDirectories(plugins == null ? List.of() : plugins))) {
            WorkspaceSimulatorProvider provider = providers.require(ProviderKind.SIMULATOR, "local");
            try (WorkspaceSimulator simulator = provider.start(settings)) {
                serve(simulator, json);
            }
        }
        return ExitCode.OK;
    }

    private void serve(WorkspaceSimulator simulator, boolean json) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    simulator.close();
                },
                "lakeport-workspace-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        WorkspaceText text = new WorkspaceText(simulator.connection());
        console.line(json ? text.json() : text.forPeople());
        console.out().flush();
        while (!stop.await(HEALTH_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<Throwable> failure = simulator.failure();
            if (failure.isPresent()) {
                Runtime.getRuntime().removeShutdownHook(hook);
                throw new LakeportException(
                        CoreError.INTERNAL,
                        "the workspace ended by itself: " + failure.get().getMessage(),
                        failure.get());
            }
        }
    }
}
