package io.lakeport.app.cli;

import io.lakeport.core.error.LakeportException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line as an object: arguments in, exit code out, with the two streams given. */
public final class Cli {
    private final Console console;

    /** Creates a command line that writes results to {@code out} and everything else to {@code err}. */
    public Cli(PrintStream out, PrintStream err) {
        this.console = new Console(out, err);
    }

    /** Runs a command and returns its exit code; never throws. */
    public int run(String... args) {
        RootCommand root = new RootCommand();
        CommandLine line = new CommandLine(root, new CommandFactory(console));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setExecutionStrategy(parsed -> {
            root.applyLogging();
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler(this::wrongUsage);
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, root.stacktrace()));
        int code = line.execute(args);
        console.out().flush();
        return code;
    }

    private int wrongUsage(CommandLine.ParameterException e, String[] args) {
        if (e.getCause() instanceof LakeportException cause) {
            return failed(cause, false);
        }
        console.error(
                isUnknownCommand(e) ? "there is no command '" + unmatchedOf(e) + "'" : String.valueOf(e.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        console.note("See 'lakeport " + path(e.getCommandLine()) + "--help'.");
        return ExitCode.USAGE;
    }

    private static String unmatchedOf(CommandLine.ParameterException e) {
        return ((CommandLine.UnmatchedArgumentException) e).getUnmatched().get(0);
    }

    private static boolean isUnknownCommand(CommandLine.ParameterException e) {
        return e instanceof CommandLine.UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().get(0).startsWith("-");
    }

    private static String path(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        String rest = name.startsWith("lakeport")
                ? name.substring("lakeport".length()).strip()
                : name;
        return rest.isEmpty() ? "" : rest + " ";
    }

    private int failed(Throwable failure, boolean stacktrace) {
        if (stacktrace) {
            failure.printStackTrace(console.err());
        }
        if (failure instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof LakeportException known) {
            console.error(known.getMessage() + ids(known));
            return ExitCode.of(known.category());
        }
        if (failure instanceof IllegalArgumentException) {
            console.error(String.valueOf(failure.getMessage()));
            return ExitCode.USAGE;
        }
        if (failure instanceof UncheckedIOException) {
            console.error(String.valueOf(failure.getMessage()));
            return ExitCode.INTERNAL;
        }
        console.error("this should not have happened: " + failure
                + (stacktrace ? "" : "; run again with --stacktrace and report what it shows"));
        return ExitCode.INTERNAL;
    }

    private static String ids(LakeportException e) {
        return e.context().isEmpty() ? "" : " " + new java.util.TreeMap<>(e.context());
    }
}
