package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a connector that a plugin brought. */
@Command(
        name = "run",
        description = "Run a connector of a plugin for one tenant; without KIND, list the connectors.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport run -c acme.json --plugins ./plugins",
            "  lakeport run -c acme.json --plugins ./plugins row-count -a table=main.default.orders",
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "Kind of the connector.")
    private @Nullable String kind;

    @Option(
            names = {"-a", "--argument"},
            paramLabel = "NAME=VALUE",
            description = "Argument of the connector; may be repeated.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LakeportConfig config = connection.config(console);
        try (Lakeport lakeport = connection.start(config)) {
            if (kind == null) {
                TextTable table = new TextTable("CONNECTOR", "WHAT IT DOES");
                lakeport.connectors().forEach(table::row);
                table.print(console);
            } else {
                console.line(lakeport.tenant(connection.tenant(config)).run(kind, arguments));
            }
        }
        return console.finish();
    }
}
