package io.lakeport.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/** Entry point of the command line. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Guice would otherwise generate classes by a way that newer JVMs warn about, for speed that nobody notices
        // here.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        // Results may be gigabytes: the default stream of System.out flushes and encodes far too often.
        PrintStream out = new ResultOutput(new FileOutputStream(FileDescriptor.out));
        int code = StopSignal.guard(() -> new Cli(out, System.err).run(args));
        System.exit(code);
    }
}
