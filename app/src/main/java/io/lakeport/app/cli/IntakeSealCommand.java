package io.lakeport.app.cli;

import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.intake.IntakeCipher;
import io.lakeport.core.intake.IntakeOffer;
import io.lakeport.core.intake.SecretSeal;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Seals a secret, on a machine of the customer's. It needs neither configuration nor network. */
@Command(
        name = "seal",
        description = {
            "Seal a secret for an offer, and print the message to send back. Needs no configuration and no network.",
            "The secret is typed without being shown, or read from standard input; it is never an argument, because"
                    + " other users see those."
        })
final class IntakeSealCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "OFFER", description = "Begins with lki1.")
    private String offer = "";

    @Option(names = "--stdin", description = "Read the secret from standard input, as is done without a terminal.")
    private boolean stdin;

    IntakeSealCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        IntakeOffer parsed = IntakeOffer.parse(offer);
        console.note("secret '" + parsed.name() + "' for tenant '" + parsed.tenant() + "', until " + parsed.expires());
        console.note("fingerprint " + parsed.fingerprint() + ": go on only if the vendor told you the same");
        IntakeCipher cipher = ProviderKind.INTAKE_CIPHER
                .host()
                .get()
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "there is no intake cipher; put the lakeport-auth jar on the class path or module path"));
        console.line(
                new SecretSeal(cipher, Clock.systemUTC()).seal(parsed, secret()).toText());
        console.note("send this back; only the vendor's vault can open it, once");
        return console.finish();
    }

    private String secret() {
        java.io.Console terminal = System.console();
        if (stdin || terminal == null) {
            return StandardInput.secret();
        }
        char[] typed = terminal.readPassword("Secret: ");
        if (typed == null) {
            throw new IllegalArgumentException("no secret was typed; run it again");
        }
        try {
            return new String(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
