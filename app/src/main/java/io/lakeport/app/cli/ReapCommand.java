package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.query.Reaper;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends statements whose process died. */
@Command(
        name = "reap",
        description = "End statements that a Lakeport process left running when it was killed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport reap -c acme.json",
            "  lakeport reap -c acme.json --exports     do not wait for exports to be resumed",
            "",
            "The configuration must name a directory (ledger.directory), where processes leave note of what they run.",
        })
final class ReapCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--exports",
            description =
                    "Also end statements of exports that began within the last hour; a resumed run then reads again.")
    private boolean exports;

    ReapCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LakeportConfig config = connection.config(console);
        if (config.ledger().directory().isEmpty()) {
            console.warning("the configuration names no ledger.directory, so nothing is known of other processes");
        }
        List<Reaper.Reaped> reaped;
        try (Lakeport lakeport = connection.start(config)) {
            reaped = lakeport.reap(exports ? Duration.ZERO : GRACE, TIMEOUT);
        }
        print(reaped);
        int code = console.finish();
        boolean failed = reaped.stream().anyMatch(one -> one.fate() == Reaper.Fate.FAILED);
        return failed ? ExitCode.CONFLICT : code;
    }

    private void print(List<Reaper.Reaped> reaped) {
        if (!reaped.isEmpty()) {
            TextTable table = new TextTable("BEGUN", "TENANT", "PURPOSE", "STATEMENT", "NOW");
            reaped.forEach(one -> table.row(
                    one.statement().begun().truncatedTo(ChronoUnit.SECONDS).toString(),
                    one.statement().tenant().value(),
                    one.statement().purpose().tag(),
                    one.id().map(Object::toString).orElse("-"),
                    one.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + one.reason().map(text -> ": " + text).orElse("")));
            table.print(console);
        }
        console.note(reaped.size() + " statement(s) of processes that died");
    }
}
