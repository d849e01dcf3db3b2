package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.SecretFile;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after sealed secrets. No command shows one. */
@Command(
        name = "vault",
        synopsisSubcommandLabel = "COMMAND",
        description = "Seal, list and destroy secrets; wrap their keys anew after the master key was changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport vault seal    -c acme.json -t acme databricks/client-secret --from secret.txt",
            "  lakeport vault list    -c acme.json -t acme",
            "  lakeport vault rewrap  -c acme.json            every tenant, under the current master key",
            "  lakeport vault destroy -c acme.json sealed:acme:databricks/client-secret#1",
        })
final class VaultCommand implements Runnable {
    private static final int PAGE = 500;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VaultCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: seal, list, rewrap, destroy or receipts");
    }

    private <T> T with(ConnectionOptions connection, BiFunction<Lakeport, LakeportConfig, T> work) {
        LakeportConfig config = connection.config(console);
        try (Lakeport lakeport = connection.start(config)) {
            return work.apply(lakeport, config);
        }
    }

    private <T> T withTenant(ConnectionOptions connection, BiFunction<SecretVault, TenantId, T> work) {
        return with(
                connection, (lakeport, config) -> work.apply(lakeport.vault(), TenantId.of(connection.tenant(config))));
    }

    @Command(name = "seal", description = "Seal the secret in a file, and print its reference.")
    int seal(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME", description = "For example databricks/client-secret.") String name,
            @Option(names = "--from", required = true, paramLabel = "FILE", description = "Holds the secret alone.")
                    Path file,
            @Option(names = "--expires", paramLabel = "TIME", description = "For example 2028-11-20T00:00:00Z.")
                    @Nullable
                    Instant expires) {
        SecretReference reference = withTenant(
                connection,
                (vault, tenant) -> vault.seal(tenant, name, SecretFile.read(file), Optional.ofNullable(expires)));
        console.line(reference.toString());
        return console.finish();
    }

    @Command(name = "list", description = "Show what is sealed, when it was made and used, and when it ends.")
    int list(@Mixin ConnectionOptions connection) {
        List<SealedSecret> secrets = withTenant(connection, SecretVault::list);
        TextTable table = new TextTable("SECRET", "SEALED", "EXPIRES", "LAST USED", "MASTER KEY");
        secrets.forEach(secret -> table.row(
                secret.reference().toString(),
                secret.created().toString(),
                secret.expires().map(Instant::toString).orElse("-"),
                secret.lastUsed().map(Instant::toString).orElse("-"),
                secret.masterKey()));
        if (!secrets.isEmpty()) {
            table.print(console);
        }
        console.note(secrets.size() + " sealed secret(s)");
        return console.finish();
    }

    @Command(name = "rewrap", description = "Wrap the data keys of every tenant under the current master key.")
    int rewrap(@Mixin ConnectionOptions connection) {
        int keys = with(connection, (lakeport, config) -> {
            int wrapped = 0;
            Optional<TenantId> after = Optional.empty();
            List<TenantId> page = lakeport.state().tenants(after, PAGE);
            while (!page.isEmpty()) {
                for (TenantId tenant : page) {
                    wrapped += lakeport.vault().rewrap(tenant);
                }
                after = Optional.of(page.get(page.size() - 1));
                page = lakeport.state().tenants(after, PAGE);
            }
            return wrapped;
        });
        console.line(keys + " data key(s) were wrapped anew; what was sealed is unchanged");
        return console.finish();
    }

    @Command(name = "destroy", description = "Destroy a secret for good, and print the receipt.")
    int destroy(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "REFERENCE", description = "As 'list' shows it.") String reference) {
        SecretReference parsed = SecretReference.parse(reference);
        print(with(connection, (lakeport, config) -> lakeport.vault().destroy(parsed)));
        return console.finish();
    }

    @Command(name = "receipts", description = "Show what was destroyed.")
    int receipts(@Mixin ConnectionOptions connection) {
        List<DestructionReceipt> receipts = withTenant(connection, SecretVault::receipts);
        receipts.forEach(this::print);
        console.note(receipts.size() + " receipt(s)");
        return console.finish();
    }

    private void print(DestructionReceipt receipt) {
        console.line(receipt.at() + " " + receipt.destroyed() + " with data key(s) " + receipt.dataKeys()
                + " of master key " + receipt.masterKey() + "; proof " + receipt.proof());
    }
}
