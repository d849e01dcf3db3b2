package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.SecretsClient;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.credential.CredentialHealth;
import io.lakeport.core.credential.CredentialState;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.rotation.RotationSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the credentials of all tenants: until when they live, and others in their place in time. */
@Command(
        name = "secrets",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = IntakeCommand.class,
        description = "See how every credential is, rotate OAuth secrets while in use, take in customers' secrets.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport secrets status -c lakeport.json --within 30d    exit code 3: ended, 7: ends soon",
            "  lakeport secrets rotate -c lakeport.json -t acme --by acme-admin",
            "  lakeport secrets keep   -c lakeport.json --by acme-admin  every few minutes, by cron",
        })
final class SecretsCommand implements Runnable {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SecretsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: status, rotate, keep or intake");
    }

    @Command(
            name = "status",
            description = {
                "Show every credential: whose, since when, until when, last used, and what to do.",
                "Exit code 3 when one has ended, 7 when one ends soon."
            })
    int status(
            @Mixin ConnectionOptions connection,
            @Option(
                            names = "--within",
                            paramLabel = "TIME",
                            defaultValue = "30d",
                            description = "What is soon; ${DEFAULT-VALUE} if not given.")
                    String within,
            @Option(names = "--check", description = "Try each tenant's credential at its workspace as well.")
                    boolean check,
            @Option(names = "--json", description = "One JSON object a line.") boolean json) {
        LakeportConfig config = connection.config(console);
        List<CredentialHealth> board;
        try (Lakeport lakeport = connection.start(config)) {
            SecretsClient secrets = lakeport.secrets();
            Duration soon = Quantity.duration(within);
            board = connection
                    .namedTenant()
                    .map(id -> secrets.status(id, soon, check))
                    .orElseGet(() -> secrets.status(soon, check));
        }
        if (json) {
            board.forEach(one -> console.line(JsonText.line(CredentialLines.members(one))));
        } else {
            CredentialLines.print(board, console);
        }
        int code = console.finish();
        return code != ExitCode.OK ? code : code(board);
    }

    private static int code(List<CredentialHealth> board) {
        Set<CredentialState> states =
                new TreeSet<>(board.stream().map(CredentialHealth::state).toList());
        if (states.contains(CredentialState.ENDED)) {
            return ExitCode.AUTHENTICATION;
        }
        return states.contains(CredentialState.ENDING) ? ExitCode.CONFLICT : ExitCode.OK;
    }

    @Command(
            name = "rotate",
            description = {
                "Rotate the OAuth secret of a tenant now, or go on with its rotation. Queries go on meanwhile.",
                "The old secret is deleted by a run of 'keep' after the overlap."
            })
    int rotate(
            @Mixin ConnectionOptions connection,
            @Mixin RotationOptions options,
            @Option(
                            names = "--delete",
                            paramLabel = "ID",
                            description = "Delete this secret of the service principal first; may be repeated.")
                    List<String> delete) {
        LakeportConfig config = connection.config(console);
        String tenant = connection.namedTenant().orElseGet(() -> connection.tenant(config));
        RotationRequest request = new RotationRequest(true, delete == null ? Set.of() : Set.copyOf(delete));
        RotationReport report;
        try (Lakeport lakeport = connection.start(config)) {
            report = lakeport.secrets().rotate(tenant, options.by(), options.policy(), request, TIMEOUT);
        }
        print(report);
        return finish(List.of(report));
    }

    @Command(
            name = "keep",
            description = {
                "Rotate what is due, and delete what was replaced and is needed no more.",
                "Run it every few minutes, on as many hosts as there are."
            })
    int keep(@Mixin ConnectionOptions connection, @Mixin RotationOptions options) {
        LakeportConfig config = connection.config(console);
        List<RotationReport> reports;
        try (Lakeport lakeport = connection.start(config)) {
            List<RotationSubject> subjects = lakeport.secrets().rotatable().stream()
                    .filter(subject -> connection
                            .namedTenant()
                            .map(subject.tenant().value()::equals)
                            .orElse(true))
                    .toList();
            reports = lakeport.secrets()
                    .keep(subjects, subject -> options.by(), options.policy(), RotationListener.NONE, TIMEOUT);
        }
        reports.forEach(this::print);
        console.note(reports.size() + " secret(s) that can be rotated");
        return finish(reports);
    }

    private void print(RotationReport report) {
        console.line(CredentialLines.word(report.result()) + ": " + report.text());
    }

    private int finish(List<RotationReport> reports) {
        int code = console.finish();
        Optional<RotationReport> failed = reports.stream()
                .filter(report -> report.result() == RotationReport.Result.FAILED
                        || report.result() == RotationReport.Result.UNDONE)
                .findFirst();
        return code == ExitCode.OK && failed.isPresent() ? ExitCode.CONFLICT : code;
    }
}
