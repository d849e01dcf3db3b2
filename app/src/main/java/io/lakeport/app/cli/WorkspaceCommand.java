package io.lakeport.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A simulated workspace on this machine: started, asked, filled, emptied and stopped. */
@Command(
        name = "workspace",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run a workspace on this machine that speaks Databricks' protocols.",
        subcommands = {
            WorkspaceStartCommand.class,
            WorkspaceStatusCommand.class,
            WorkspaceLoadCommand.class,
            WorkspaceLogCommand.class,
            WorkspaceResetCommand.class,
            WorkspaceStopCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport workspace start --load orders=orders.parquet",
            "  lakeport workspace start --data ./workspace --detach",
            "  lakeport workspace load --data ./workspace birds=birds.csv",
            "  lakeport workspace log --data ./workspace --follow",
            "  lakeport workspace stop --data ./workspace",
        })
final class WorkspaceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: start, status, load, log, reset or stop");
    }
}
