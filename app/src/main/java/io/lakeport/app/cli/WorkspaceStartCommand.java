package io.lakeport.app.cli;

import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a workspace in the foreground, or leaves one behind that serves. */
@Command(
        name = "start",
        description = "Start a workspace, print how to reach it, and serve until SIGTERM or Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace start --load orders=orders.parquet",
            "  lakeport workspace start --port 8443 --data ./workspace --json",
            "  lakeport workspace start --detach",
        })
final class WorkspaceStartCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of plain HTTP; any free one if not given.")
    private int port;

    @ArgGroup
    private @Nullable Place place;

    @Option(
            names = "--load",
            paramLabel = "NAME=FILE",
            description = "Load a Parquet, CSV or JSON file as a table; may be repeated.")
    private Map<String, Path> load = new LinkedHashMap<>();

    @Option(names = "--plugins", paramLabel = "DIR", description = "Look for the simulator here; may be repeated.")
    private List<Path> plugins = List.of();

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    @Option(names = "--detach", description = "Return when it is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen here instead of on loopback: whoever reaches the address can try to sign in.")
    private @Nullable String bind;

    @Option(names = "--engine", paramLabel = "NAME", description = "What computes: duckdb (the default) or spark.")
    private @Nullable String engine;

    @Option(
            names = "--account-history",
            paramLabel = "SPEC",
            description = "Invent a past of the account for the system tables, for example months=6,seed=42.")
    private @Nullable String accountHistory;

    @Option(
            names = "--mount",
            paramLabel = "SPEC",
            description = "Let a bucket's name stand for a directory or endpoint; may be repeated.")
    private List<String> mounts = List.of();

    @Option(
            names = "--chunk-rows",
            paramLabel = "N",
            description = "Rows of a result's chunk, for tests (122880, as Databricks).")
    private @Nullable String chunkRows;

    @Option(names = "--governance", paramLabel = "on|off", description = "Check privileges as Databricks does (on).")
    private @Nullable String governance;

    WorkspaceStartCommand(Console console) {
        this.console = console;
    }

    /** Where tables live. */
    static final class Place {
        @Option(names = "--data", paramLabel = "DIR", description = "Keep tables in this directory between starts.")
        private @Nullable Path data;

        @Option(names = "--memory", description = "Keep tables in memory only (the default).")
        private boolean memory;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Path> data = Optional.ofNullable(place).map(where -> where.data);
        Path stateFile = RunningWorkspace.file(data);
        SimulatorSettings settings = new SimulatorSettings(port, data, load, options());
        Optional<RunningWorkspace> other = RunningWorkspace.find(stateFile);
        if (other.isPresent() && (detach || data.isPresent())) {
            throw alreadyRunning(other.get(), data);
        }
        if (detach) {
            List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
            print(WorkspaceLauncher.launch(arguments, stateFile).connection());
            return ExitCode.OK;
        }
        try (Providers providers = PluginHost.find(Distribution.pluginDirectories(plugins))) {
            // One in memory may run beside another; then only the first is found by the other commands.
            Optional<Path> own = other.isPresent() ? Optional.empty() : Optional.of(stateFile);
            new WorkspaceService(providers.require(ProviderKind.SIMULATOR, "local"), settings, own, console)
                    .serve(this::print);
        }
        return ExitCode.OK;
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "bind", bind);
        put(options, "engine", engine);
        put(options, "account-history", accountHistory);
        put(options, "governance", governance);
        put(options, "chunk-rows", chunkRows);
        put(options, "mount", mounts.isEmpty() ? null : String.join("\n", mounts));
        return options;
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }

    private static LakeportException alreadyRunning(RunningWorkspace other, Optional<Path> data) {
        String where = data.map(directory -> " --data " + directory).orElse("");
        return new LakeportException(
                CoreError.OBJECT_EXISTS,
                "a workspace runs already"
                        + data.map(directory -> " on " + directory).orElse("") + " (process "
                        + other.pid() + ", " + other.connection().httpUrl() + "); use it, end it by 'lakeport workspace"
                        + " stop" + where + "', or give another --data");
    }

    private void print(SimulatorConnection connection) {
        WorkspaceText text = new WorkspaceText(connection);
        console.line(json ? text.json() : text.forPeople(detach));
        console.out().flush();
    }
}
