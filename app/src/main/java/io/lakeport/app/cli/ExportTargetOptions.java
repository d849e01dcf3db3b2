package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.export.ExportService;
import java.net.URI;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of a command about a target that holds an export. */
final class ExportTargetOptions {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "TARGET", description = "As the export named it.")
    private String target = "";

    @Option(names = "--allow-target", description = "Go there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    URI target() {
        return TargetText.uri(target);
    }

    /** Does something with the exports of the tenant that is meant. */
    <T> T with(Console console, ConnectionOptions before, Function<ExportService, T> work) {
        return withTenant(console, before, tenant -> work.apply(tenant.exports()));
    }

    /** Does something for the tenant that is meant. */
    <T> T withTenant(Console console, ConnectionOptions before, Function<TenantClient, T> work) {
        ConnectionOptions options = connection.or(before);
        LakeportConfig read = options.config(console);
        String id = options.tenant(read);
        LakeportConfig config = allowTarget || options.isDirect() ? read.withObjectPrefix(id, target()) : read;
        try (Lakeport lakeport = options.start(config)) {
            return work.apply(lakeport.tenant(id));
        }
    }
}
