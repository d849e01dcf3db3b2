package io.lakeport.app.cli;

import io.lakeport.app.config.Quantity;
import io.lakeport.core.time.Deadline;
import picocli.CommandLine.Option;

/** How long a command may take. */
final class TimeLimit {
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "For the whole command; ${DEFAULT-VALUE} if not given.")
    private String timeout = "1h";

    /** Returns the deadline of a command that begins now. */
    Deadline deadline() {
        return Deadline.after(Quantity.duration(timeout));
    }
}
