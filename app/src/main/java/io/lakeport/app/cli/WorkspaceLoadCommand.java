package io.lakeport.app.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a running workspace tables. */
@Command(
        name = "load",
        description = "Load files as tables into a running workspace.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace load orders=orders.parquet",
            "  lakeport workspace load --data ./workspace samples.zoo.birds=birds.csv",
        })
final class WorkspaceLoadCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private WorkspaceChoice choice = new WorkspaceChoice();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=FILE",
            description = "A table's name and a Parquet, CSV or JSON file; replaces a table of that name.")
    private Map<String, Path> tables = new LinkedHashMap<>();

    WorkspaceLoadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WorkspaceControl control = new WorkspaceControl(choice.require().connection());
        tables.forEach((name, file) -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("file", file.toAbsolutePath().normalize().toString());
            control.post("/local/load", body);
            console.line("loaded " + name + " from " + file);
        });
        return console.finish();
    }
}
