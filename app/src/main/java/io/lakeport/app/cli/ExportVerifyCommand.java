package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.core.export.proof.RunCheck;
import io.lakeport.core.export.proof.SourceCheck;
import io.lakeport.core.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks what an export left. */
@Command(
        name = "verify",
        description = {
            "Read every file of a target again and compare it with its manifest: size, SHA-256, rows, signature.",
            "With --source also each run with its source, at the version that it read.",
            "Ends with 0 when all is as it was published, with 7 when something is not.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export verify -c acme.json s3://lake/acme/orders/",
            "  lakeport export verify -c acme.json s3://lake/acme/orders/ --source",
        })
final class ExportVerifyCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ExportTargetOptions place = new ExportTargetOptions();

    @Mixin
    private TimeLimit time = new TimeLimit();

    @Option(
            names = "--source",
            description =
                    "Let the workspace count the same rows at the same version, and compare the content where it can"
                            + " read the target.")
    private boolean source;

    @Option(names = "--json", description = "One JSON object for each run.")
    private boolean json;

    ExportVerifyCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        Deadline deadline = time.deadline();
        List<RunCheck> runs = place.with(
                console,
                parent.connection(),
                exports -> source
                        ? exports.proveBesideSource(place.target(), deadline)
                        : exports.prove(place.target(), deadline));
        boolean proven = runs.stream().allMatch(RunCheck::isProven);
        runs.forEach(run -> {
            if (json) {
                console.line(JsonText.line(members(run)));
            } else {
                print(run);
            }
        });
        if (runs.isEmpty()) {
            console.note("nothing was published at " + place.target());
        }
        int code = console.finish();
        return proven ? code : ExitCode.CONFLICT;
    }

    private void print(RunCheck run) {
        console.line(String.format(
                Locale.ROOT,
                "[%s]  run %d: %,d rows, %d file(s), %,d bytes; rows %s; %s",
                run.isProven() ? " ok " : "FAIL",
                run.manifest().sequence(),
                run.manifest().rows(),
                run.manifest().files().size(),
                run.manifest().bytes(),
                run.counted() ? "counted" : "as the manifest says",
                signature(run)));
        run.source()
                .ifPresent(check ->
                        console.line("        source: rows " + text(check.rows()) + ", content " + text(check.content())
                                + check.why().map(why -> " (" + why + ")").orElse("")));
        run.problems().forEach(problem -> console.line("        " + problem));
    }

    private static String text(SourceCheck.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String signature(RunCheck run) {
        return switch (run.signature()) {
            case SIGNED -> "signed";
            case NOT_SIGNED -> "not signed";
            case SIGNATURE_MISSING -> "NOT signed, although a signing key is configured";
            case WRONG_SIGNATURE -> "WRONG signature: changed, or signed with another key";
            case NOT_CHECKED -> "signed, not checked: the configuration has no exports.signing_key";
        };
    }

    private static Map<String, Object> members(RunCheck run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("proven", run.isProven());
        json.put("signature", run.signature().name().toLowerCase(Locale.ROOT));
        json.put("rows_counted", run.counted());
        json.put("problems", run.problems());
        run.source().ifPresent(check -> {
            json.put("source_rows", text(check.rows()));
            json.put("source_content", text(check.content()));
            check.why().ifPresent(why -> json.put("source_why", why));
        });
        json.putAll(ManifestText.members(run.manifest()));
        return json;
    }
}
