package io.lakeport.app.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code lakeport}. A new subcommand is added to the list here. */
@Command(
        name = "lakeport",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Work with Databricks workspaces: query, export, check a connection, run a local workspace.",
        subcommands = {
            DemoCommand.class,
            QueryCommand.class,
            ExportCommand.class,
            DoctorCommand.class,
            LedgerCommand.class,
            ReapCommand.class,
            WarehouseCommand.class,
            GrantsCommand.class,
            SetupCommand.class,
            PluginsCommand.class,
            RunCommand.class,
            StateCommand.class,
            VaultCommand.class,
            TenantCommand.class,
            SecretsCommand.class,
            ConfigCommand.class,
            ProfileCommand.class,
            WorkspaceCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:internal error: a defect, please report it",
            "2:wrong usage, configuration, SQL or other input",
            "3:the workspace does not accept the credential",
            "4:a right is missing, or the tenant's scope forbids it",
            "5:a tenant, table or other named thing does not exist",
            "6:not reachable, overloaded, or out of time: try again later",
            "7:the state of the target forbids it, for example it holds files already",
            "8:a write may or may not have happened: look before repeating",
            "9:doctor: workspace or warehouse are reached and do not serve now",
            "10:doctor: nothing failed, and something wants attention",
            "130:interrupted",
            "141:the reader of the output went away, as head does",
        },
        footerHeading = "%nTo begin:%n",
        footer = {
            "  lakeport demo                           everything once, on this machine",
            "  lakeport workspace start                a workspace on this machine",
            "  lakeport doctor --config acme.json      is the connection good?",
            "  lakeport query --config acme.json \"SELECT 1\"",
        })
final class RootCommand implements Runnable {
    /** Held here, because the JDK forgets the level of a logger that nobody holds. */
    private static final Logger OWN = Logger.getLogger("io.lakeport");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show what Lakeport does (to standard error); twice for every exchange.")
    private boolean[] verbose = new boolean[0];

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error as well.")
    private boolean stacktrace;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    boolean stacktrace() {
        return stacktrace;
    }

    void applyLogging() {
        Level level = verbose.length == 0 ? Level.SEVERE : verbose.length == 1 ? Level.INFO : Level.FINE;
        Logger root = Logger.getLogger("");
        // Only our own: the JDK and Guice log a thousand lines of theirs at FINE, certificates among them.
        root.setLevel(verbose.length == 0 ? Level.SEVERE : Level.INFO);
        OWN.setLevel(level);
        for (java.util.logging.Handler handler : root.getHandlers()) {
            handler.setLevel(level);
        }
    }
}
