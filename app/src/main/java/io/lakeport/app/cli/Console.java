package io.lakeport.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

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

    /** Flushes the results and says whether nobody takes them any more: then it is time to stop reading. */
    boolean outputEnded() {
        return out.checkError();
    }

    /**
     * Flushes the results and returns the exit code. A reader that went away ({@code | head}) had enough: that is told
     * by the code only, as other tools do.
     */
    int finish() {
        if (!outputEnded()) {
            return ExitCode.OK;
        }
        Optional<IOException> failure = out instanceof ResultOutput results ? results.failure() : Optional.empty();
        String why = failure.map(IOException::getMessage).orElse("the reader went away");
        if (failure.isEmpty() || "Broken pipe".equals(why)) {
            return ExitCode.READER_GONE;
        }
        error("standard output cannot be written: " + why
                + "; what was printed is incomplete, so make room or write elsewhere and run it again");
        return ExitCode.CONFLICT;
    }
}
