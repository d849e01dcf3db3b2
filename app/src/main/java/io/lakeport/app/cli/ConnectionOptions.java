package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options that say which workspace is meant. */
final class ConnectionOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration: Lakeport's JSON document or Birdie's.")
    private @Nullable Path config;

    @Option(
            names = {"-t", "--tenant"},
            paramLabel = "ID",
            description = "Tenant; may be left out where the configuration has one only.")
    private @Nullable String tenant;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Directory with one sub-directory for each plugin; may be repeated."
                    + " Plugins that came with Lakeport are found without it.")
    private List<Path> plugins = new ArrayList<>();

    @ArgGroup(exclusive = false, heading = "Connection without a configuration file:%n")
    private @Nullable DirectConnection direct;

    /** Returns these options, or those given before the name of a subcommand when it has none of its own. */
    ConnectionOptions or(ConnectionOptions before) {
        return config == null && direct == null && tenant == null && plugins.isEmpty() ? before : this;
    }

    /** Returns the configuration, with its warnings shown. */
    LakeportConfig config(Console console) {
        LakeportConfig read = read();
        read.warnings().forEach(console::warning);
        return read;
    }

    private LakeportConfig read() {
        if (config != null && direct != null) {
            throw new IllegalArgumentException("give either --config or --host and its credentials, not both");
        }
        if (config != null) {
            return ConfigFile.load(config);
        }
        if (direct != null) {
            return direct.toConfig();
        }
        throw new IllegalArgumentException(
                "which workspace? give --config FILE, or --host and --warehouse with --client-id and"
                        + " --client-secret-file (or --token-file)");
    }

    /** Starts Lakeport over a configuration. */
    Lakeport start(LakeportConfig configuration) {
        Lakeport.Builder builder = Lakeport.builder().config(configuration);
        pluginDirectories().forEach(builder::pluginDirectory);
        return builder.build();
    }

    /** Returns the tenant that was named, empty when none was. */
    Optional<String> namedTenant() {
        return Optional.ofNullable(tenant);
    }

    List<Path> pluginDirectories() {
        return Distribution.pluginDirectories(plugins);
    }

    /** Returns the id of the tenant that is meant. */
    String tenant(LakeportConfig configuration) {
        if (tenant != null) {
            // Whether there is such a tenant the state store may know: not all stand in the configuration.
            return tenant;
        }
        List<String> ids =
                configuration.tenants().keySet().stream().map(TenantId::value).toList();
        if (ids.size() == 1) {
            return ids.get(0);
        }
        throw new IllegalArgumentException("which tenant? give --tenant with one of: " + String.join(", ", ids));
    }

    /** Returns whether the workspace was named on the command line and not in a file. */
    boolean isDirect() {
        return direct != null;
    }
}
