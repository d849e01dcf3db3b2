package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantAdmin;
import io.lakeport.app.TenantAdmin.ObjectChoice;
import io.lakeport.app.TenantInfo;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.Quantity;
import io.lakeport.app.config.SecretFile;
import io.lakeport.app.wiring.TenantSweep;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenancy.DeletionProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the life of tenants. */
@Command(
        name = "tenant",
        synopsisSubcommandLabel = "COMMAND",
        description = "List, create, suspend, resume, export, import and delete tenants.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport tenant list    -c host.json",
            "  lakeport tenant create  -c host.json acme --from acme.json --secret client_secret=secret.txt",
            "  lakeport tenant suspend -c host.json acme --reason \"bill unpaid\"",
            "  lakeport tenant export  -c host.json acme > acme.tenant.json",
            "  lakeport tenant delete  -c host.json acme --yes > acme.proof.json",
            "",
            "Tenants that are created here need the sections 'state' and 'vault' of the configuration.",
        })
final class TenantCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TenantCommand(Console console) {
        this.console = console;
    }

    /** How results are written. */
    enum Format {
        text,
        json
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: list, show, create, change, suspend, resume, export, import, delete or sweep");
    }

    private <T> T with(ConnectionOptions connection, Function<TenantAdmin, T> work) {
        try (Lakeport lakeport = connection.start(connection.config(console))) {
            return work.apply(lakeport.tenants());
        }
    }

    private int shown(TenantInfo info, Format format) {
        if (format == Format.json) {
            console.line(JsonText.line(TenantText.members(info)));
        } else {
            TenantText.lines(info).forEach(console::line);
        }
        return console.finish();
    }

    @Command(name = "list", description = "Show every tenant, and what is to be said of how they sign in.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return with(connection, admin -> {
            List<TenantInfo> tenants = admin.list();
            List<String> report = admin.principalReport();
            if (format == Format.json) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("tenants", tenants.stream().map(TenantText::members).toList());
                json.put("warnings", report);
                console.line(JsonText.pretty(json));
            } else {
                TenantText.table(tenants).print(console);
                report.forEach(console::warning);
                console.note(tenants.size() + " tenant(s)");
            }
            return console.finish();
        });
    }

    @Command(name = "show", description = "Show one tenant; of one that is deleted, the proof.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return with(connection, admin -> {
            int code = shown(admin.show(id), format);
            admin.proof(id).ifPresent(proof -> console.line(proofText(admin, proof)));
            return code;
        });
    }

    @Command(name = "create", description = "Create a tenant of the members that a file holds.")
    int create(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "FILE",
                            description = "The tenant's members, as JSON.")
                    Path file,
            @Option(names = "--secret", paramLabel = "NAME=FILE", description = "A secret of 'auth', in a file.")
                    @Nullable
                    Map<String, Path> secrets,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return shown(with(connection, admin -> admin.create(id, read(file), secrets(secrets))), format);
    }

    @Command(name = "change", description = "Replace a tenant's members; secrets that are not given stay.")
    int change(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "FILE",
                            description = "The tenant's members, as JSON.")
                    Path file,
            @Option(names = "--version", required = true, paramLabel = "N", description = "As 'show' says it.")
                    long version,
            @Option(names = "--secret", paramLabel = "NAME=FILE", description = "A secret of 'auth', in a file.")
                    @Nullable
                    Map<String, Path> secrets,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return shown(with(connection, admin -> admin.change(id, read(file), secrets(secrets), version)), format);
    }

    @Command(name = "suspend", description = "Refuse whatever is asked for a tenant, and end what runs.")
    int suspend(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", defaultValue = "", description = "Told to whoever is refused.") String reason,
            @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "2m") String timeout,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        TenantAdmin.Suspension suspension =
                with(connection, admin -> admin.suspend(id, reason, Quantity.duration(timeout)));
        console.note(suspension.ended() + " statement(s) were ended");
        return shown(suspension.tenant(), format);
    }

    @Command(name = "resume", description = "End a suspension.")
    int resume(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return shown(with(connection, admin -> admin.resume(id)), format);
    }

    @Command(name = "export", description = "Write a tenant as a document without secrets.")
    int export(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "ID") String id) {
        console.line(with(connection, admin -> admin.export(id)));
        return console.finish();
    }

    @Command(name = "import", description = "Create the tenant of a document that 'export' wrote.")
    int restore(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--secret", paramLabel = "NAME=FILE", description = "A secret of 'auth', in a file.")
                    @Nullable
                    Map<String, Path> secrets,
            @Option(names = "--format", defaultValue = "text", description = "text or json.") Format format) {
        return shown(with(connection, admin -> admin.restore(read(file), secrets(secrets))), format);
    }

    @Command(name = "delete", description = "Delete a tenant for good, and print the proof.")
    int delete(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--yes", description = "There is no way back; say that this is meant.") boolean yes,
            @Option(names = "--empty-prefixes", description = "Also delete the objects below the tenant's prefixes.")
                    boolean empty,
            @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10m") String timeout) {
        if (!yes) {
            throw new IllegalArgumentException("deleting tenant '" + id
                    + "' destroys its secrets and everything kept of it; give --yes if that is meant");
        }
        ObjectChoice objects = empty ? ObjectChoice.EMPTY : ObjectChoice.LEAVE;
        console.line(with(
                connection, admin -> proofText(admin, admin.delete(id, "", objects, Quantity.duration(timeout)))));
        return console.finish();
    }

    @Command(name = "sweep", description = "Remove what the tenants' retention no longer keeps.")
    int sweep(@Mixin ConnectionOptions connection) {
        List<TenantSweep.Swept> swept = with(connection, TenantAdmin::sweep);
        swept.forEach(one -> console.line(
                one.tenant() + ": " + one.count() + " " + one.what() + " older than " + one.before() + " removed"));
        console.note(swept.size() + " removal(s)");
        return console.finish();
    }

    private static String proofText(TenantAdmin admin, DeletionProof proof) {
        return JsonText.pretty(TenantText.members(proof, admin.isGenuine(proof)));
    }

    private static Map<String, Secret> secrets(@Nullable Map<String, Path> files) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        if (files != null) {
            files.forEach((name, file) -> secrets.put(name, SecretFile.read(file)));
        }
        return secrets;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT, "the file " + file + " cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
