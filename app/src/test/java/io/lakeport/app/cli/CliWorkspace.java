package io.lakeport.app.cli;

import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A workspace in a process of its own, and the command line with a configuration that names it. */
final class CliWorkspace implements AutoCloseable {
    private final Providers providers = PluginHost.find(List.of());
    private final WorkspaceSimulator workspace;
    private final Path folder;

    /** Starts a workspace with tables from files; targets below {@code lake} of the folder are allowed. */
    CliWorkspace(Path folder, Map<String, Path> tables) throws IOException {
        this.folder = folder;
        this.workspace = providers
                .require(ProviderKind.SIMULATOR, "local")
                .start(new SimulatorSettings(0, Optional.empty(), tables));
        Files.writeString(
                folder.resolve("secret.txt"), connection().clientSecret().reveal() + "\n");
        configure("lakeport.json", "", "");
    }

    SimulatorConnection connection() {
        return workspace.connection();
    }

    /** Writes a configuration with more members, each behind a comma, of the tenant and of the document. */
    void configure(String file, String ofTenant, String ofDocument) throws IOException {
        SimulatorConnection c = connection();
        Files.writeString(folder.resolve(file), """
                {"tenants": {"acme": {
                   "host": "%s", "warehouse_id": "%s", "catalog": "%s", "schema": "%s",
                   "auth": {"method": "oauth-m2m", "properties": {"client_id": "%s"},
                     "secrets": {"client_secret": "${file:secret.txt}"}},
                   "scope": {"object_prefixes": ["%s"], "access": "write_back"}%s}}%s}
                """.formatted(
                        c.httpUrl(),
                        c.warehouseId(),
                        c.catalog(),
                        c.schema(),
                        c.clientId(),
                        folder.resolve("lake").toUri() + "/",
                        ofTenant,
                        ofDocument));
    }

    CliRun lakeport(String... command) {
        return with("lakeport.json", command);
    }

    CliRun with(String file, String... command) {
        String[] config = {"-c", folder.resolve(file).toString()};
        return CliRun.of(Stream.of(command, config).flatMap(Stream::of).toArray(String[]::new));
    }

    String target(String name) {
        return folder.resolve("lake").resolve(name).toString();
    }

    @Override
    public void close() {
        workspace.close();
        providers.close();
    }
}
