package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.TenantDefaults;
import io.lakeport.app.demo.DemoPlan;
import io.lakeport.app.demo.DemoRoad;
import io.lakeport.app.demo.DemoScreen;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.UserAgentEntry;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job against a workspace that it starts itself. */
@Command(
        name = "demo",
        description = "Show the main job from end to end, against a workspace on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport demo",
            "  lakeport demo --data orders.parquet",
            "  lakeport demo --keep ./exported",
            "",
            "Nothing is left running. Exported files are removed unless --keep names a directory.",
        })
final class DemoCommand implements Callable<Integer> {
    private static final String TENANT = "acme";

    private final Console console;

    @Option(names = "--data", paramLabel = "FILE", description = "Your own Parquet, CSV or JSON file.")
    private @Nullable Path data;

    @Option(names = "--keep", paramLabel = "DIR", description = "Export into this empty directory and keep the files.")
    private @Nullable Path keep;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (data != null && !Files.isReadable(data)) {
            throw new IllegalArgumentException(
                    "there is no file '" + data + "' to read; give a Parquet, CSV or JSON file with --data");
        }
        Path folder = keep == null ? Files.createTempDirectory("lakeport-demo-") : usable(keep);
        try {
            return run(folder.toAbsolutePath().toUri());
        } finally {
            if (keep == null) {
                remove(folder);
            }
        }
    }

    private static Path usable(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException("'" + folder + "' is not empty; give another directory with --keep");
            }
        }
        return folder;
    }

    private int run(URI target) {
        long start = System.nanoTime();
        DemoScreen screen = new DemoScreen(console.out());
        screen.line("Lakeport demo: a Databricks workspace on this machine, an export, and its proof\n");
        screen.begin();
        try (Providers providers = PluginHost.find(Distribution.pluginDirectories(List.of()))) {
            WorkspaceSimulatorProvider local = providers.require(ProviderKind.SIMULATOR, "local");
            Map<String, Path> tables = data == null ? Map.of() : Map.of("demo_data", data.toAbsolutePath());
            // The workspace reads the exported files for the proof; it opens no directory that is not mounted.
            SimulatorSettings settings = new SimulatorSettings(0, Optional.empty(), tables)
                    .withOptions(Map.of("mount", "s3://lakeport-demo=" + Path.of(target)));
            try (WorkspaceSimulator workspace = local.start(settings)) {
                screen.step(
                        "Workspace",
                        "on " + workspace.connection().httpUrl() + ", in memory, DuckDB behind Spark's grammar");
                boolean equal = walk(workspace.connection(), target, screen);
                double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
                screen.line(String.format(
                        Locale.ROOT, "%n%s in %.1f s. %s", equal ? "Proved" : "NOT PROVED", seconds, left(target)));
                return equal ? console.finish() : ExitCode.INTERNAL;
            }
        }
    }

    private String left(URI target) {
        return "Nothing is left running"
                + (keep == null ? " or left behind." : "; the files are in " + Path.of(target) + ".");
    }

    private boolean walk(SimulatorConnection connection, URI target, DemoScreen screen) {
        screen.begin();
        try (Lakeport lakeport =
                Lakeport.builder().config(config(connection, target)).build()) {
            Optional<Instant> end = lakeport.tenant(TENANT).signIn(Duration.ofMinutes(1));
            long minutes = end.map(
                            instant -> Duration.between(Instant.now(), instant).toMinutes())
                    .orElse(0L);
            screen.step("Sign-in", "OAuth M2M as " + connection.clientId() + "; token for " + minutes + " min");
            TableName origin = data == null
                    ? TableName.of("samples", "faa", "birdstrikes")
                    : TableName.of(connection.catalog(), connection.schema(), "demo_data");
            TableName table = TableName.of(connection.catalog(), "demo", "orders");
            return new DemoRoad(lakeport.tenant(TENANT), new DemoPlan(origin, table, target), screen).walk();
        }
    }

    private static LakeportConfig config(SimulatorConnection connection, URI target) {
        TenantDefaults defaults = TenantDefaults.standard();
        return LakeportConfig.of(new Tenant(
                TenantId.of(TENANT),
                WorkspaceHost.parse(connection.httpUrl().toString()),
                List.of(WarehouseId.of(connection.warehouseId())),
                defaults.engine(),
                Optional.empty(),
                Optional.empty(),
                IdentitySettings.oauthM2m(connection.clientId(), connection.clientSecret()),
                defaults.isolation(),
                new TenantScope(Set.of(), Set.of(target), AccessProfile.WRITE_BACK),
                UserAgentEntry.parse("Lakeport_Demo/1.0"),
                Duration.ofMinutes(10)));
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
