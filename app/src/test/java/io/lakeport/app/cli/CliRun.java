package io.lakeport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One run of the command line in this process, with what it wrote. */
record CliRun(int exitCode, byte[] bytes, String err) {
    static CliRun of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
        return new CliRun(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String out() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    CliRun succeeded() {
        assertThat(exitCode).as(err).isZero();
        return this;
    }

    /** Makes sure that it failed as a person expects: the code, one clear message, no trace, nothing half-printed. */
    CliRun failedWith(int code, String... messageParts) {
        assertThat(err).contains(messageParts).doesNotContain("\tat ", "Exception:");
        assertThat(err.lines().filter(line -> line.startsWith("lakeport: ") && !line.contains("warning:")))
                .hasSize(1);
        assertThat(exitCode).as(err).isEqualTo(code);
        assertThat(out()).isEmpty();
        return this;
    }
}
