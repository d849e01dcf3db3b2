package io.lakeport.app.cli;

import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.PluginReport;
import io.lakeport.app.plugin.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what was found and what is broken. */
@Command(
        name = "plugins",
        description = "Show every provider and plugin that was found, and what is wrong with those that are left out.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is broken", "1:something is left out; the list says why"},
        footerHeading = "%nExamples:%n",
        footer = {"  lakeport plugins", "  lakeport plugins --plugins /opt/acme/plugins --json"})
final class PluginsCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Also look into the plugin directories of this configuration.")
    private @Nullable Path config;

    @Option(names = "--plugins", paramLabel = "DIR", description = "Look into this directory; may be repeated.")
    private List<Path> directories = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    PluginsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Path> all = new ArrayList<>();
        if (config != null) {
            all.addAll(ConfigFile.load(config).pluginDirectories());
        }
        all.addAll(Distribution.pluginDirectories(directories));
        try (Providers providers = PluginHost.find(all)) {
            PluginReport report = providers.report();
            if (json) {
                report.entries().forEach(entry -> console.line(JsonText.line(members(entry))));
            } else {
                print(report);
            }
            int code = console.finish();
            return report.quarantined().isEmpty() ? code : ExitCode.INTERNAL;
        }
    }

    private void print(PluginReport report) {
        TextTable table = new TextTable("FROM", "KIND", "NAME", "STATUS", "CLASS OR FILE");
        report.entries()
                .forEach(entry -> table.row(entry.origin(), entry.kind(), entry.name(), status(entry), entry.type()));
        table.print(console);
        report.entries().stream()
                .filter(entry -> entry.problem().isPresent())
                .forEach(entry -> console.line("\n" + entry.origin() + ": " + entry.type() + "\n  "
                        + entry.problem().get()));
    }

    private static String status(PluginReport.Entry entry) {
        return entry.status().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> members(PluginReport.Entry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", entry.origin());
        json.put("kind", entry.kind());
        json.put("name", entry.name());
        json.put("status", status(entry));
        json.put("type", entry.type());
        entry.problem().ifPresent(problem -> json.put("problem", problem));
        return json;
    }
}
