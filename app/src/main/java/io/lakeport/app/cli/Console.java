package io.lakeport.app.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err everything else: errors, warnings, progress
 */
record Console(PrintStream out, PrintStream err) {
    void error(String message) {
        err.println("lakeport: " + message);
    }

    void warning(String message) {
        err.println("lakeport: warning: " + message);
    }

    void note(String message) {
        err.println(message);
    }

    void line(String text) {
        out.append(text).append('\n');
    }

    /** Flushes the results and returns the exit code: a reader that went away is no success. */
    int finish() {
        return out.checkError() ? ExitCode.INTERNAL : ExitCode.OK;
    }
}
