package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.intake.Intake;
import io.lakeport.core.intake.Intakes;
import io.lakeport.core.intake.SealedSecretMessage;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a customer hand a secret over, once, so that nobody sees it. */
@Command(
        name = "intake",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = IntakeSealCommand.class,
        description = "Take in a customer's secret, sealed by the customer for this vault alone.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport secrets intake create -c lakeport.json -t acme --name databricks/client-secret",
            "  lakeport secrets intake seal lki1.…                      the customer, on a machine of their own",
            "  lakeport secrets intake accept -c lakeport.json lks1.…   tried by a real sign-in, then kept",
        })
final class IntakeCommand implements Runnable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    IntakeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: create, seal, accept, list or withdraw");
    }

    private <T> T with(ConnectionOptions connection, BiFunction<Intakes, LakeportConfig, T> work) {
        LakeportConfig config = connection.config(console);
        try (Lakeport lakeport = connection.start(config)) {
            return work.apply(lakeport.secrets().intakes(), config);
        }
    }

    private <T> T withTenant(ConnectionOptions connection, BiFunction<Intakes, TenantId, T> work) {
        return with(connection, (intakes, config) -> work.apply(intakes, TenantId.of(connection.tenant(config))));
    }

    @Command(
            name = "create",
            description = "Make an intake, and print the offer that the customer seals the secret to.")
    int create(
            @Mixin ConnectionOptions connection,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "What ${vault:NAME} of the tenant's 'auth' names.")
                    String name,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            defaultValue = "72h",
                            description = "How long it is open, 14d at most; ${DEFAULT-VALUE} if not given.")
                    String expires) {
        Duration open = Quantity.duration(expires);
        Intake intake = withTenant(connection, (intakes, tenant) -> intakes.create(tenant, name, open));
        console.line(intake.offer().toText());
        console.note("intake " + intake.id() + " for '" + name + "' of tenant '"
                + intake.offer().tenant() + "', open until " + intake.offer().expires());
        console.note("fingerprint " + intake.offer().fingerprint()
                + ": tell it to the customer by another road, for example by telephone");
        console.note("the customer runs: lakeport secrets intake seal "
                + intake.offer().toText());
        return console.finish();
    }

    @Command(
            name = "accept",
            description = {
                "Open what the customer sealed, try it by a real sign-in, and keep it in the vault.",
                "If it fails nothing has changed, and the intake stays open."
            })
    int accept(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "MESSAGE", description = "Begins with lks1.; '-' reads it from standard input.")
                    String message) {
        SealedSecretMessage parsed = SealedSecretMessage.parse(message.equals("-") ? StandardInput.word() : message);
        connection
                .namedTenant()
                .filter(tenant -> !tenant.equals(parsed.tenant().value()))
                .ifPresent(tenant -> {
                    throw new IllegalArgumentException("the message is of tenant '" + parsed.tenant() + "', not of '"
                            + tenant + "'; leave --tenant out, or ask for the message of that tenant");
                });
        SecretReference reference =
                with(connection, (intakes, config) -> intakes.accept(parsed, Deadline.after(TIMEOUT)));
        console.line(reference.toString());
        console.note("a sign-in with it worked; every host signs in with it from now on");
        return console.finish();
    }

    @Command(name = "list", description = "Show a tenant's intakes, and end those whose time has passed.")
    int list(@Mixin ConnectionOptions connection) {
        List<Intake> intakes = withTenant(connection, Intakes::list);
        TextTable table = new TextTable("INTAKE", "SECRET", "STATE", "CREATED", "EXPIRES", "FINGERPRINT");
        intakes.forEach(intake -> table.row(
                intake.id(),
                intake.offer().name(),
                intake.state().name().toLowerCase(Locale.ROOT),
                intake.created().toString(),
                intake.offer().expires().toString(),
                intake.offer().fingerprint()));
        if (!intakes.isEmpty()) {
            table.print(console);
        }
        console.note(intakes.size() + " intake(s)");
        return console.finish();
    }

    @Command(name = "withdraw", description = "Take an intake back: nothing that was sealed to it can be opened again.")
    int withdraw(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "INTAKE", description = "Its id, as 'list' shows it.") String id) {
        Intake intake = withTenant(connection, (intakes, tenant) -> intakes.withdraw(tenant, id));
        console.line("intake " + intake.id() + " is withdrawn, and its private key is destroyed");
        return console.finish();
    }
}
