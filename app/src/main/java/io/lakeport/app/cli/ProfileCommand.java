package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.SecretFile;
import io.lakeport.core.auth.profile.DatabricksProfile;
import io.lakeport.core.auth.profile.DatabricksProfiles;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes over profiles of the Databricks command line, when somebody asks for it. */
@Command(
        name = "profile",
        synopsisSubcommandLabel = "COMMAND",
        description = "Take over profiles of the Databricks command line.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport profile list",
            "  lakeport profile import --profile PROD --tenant acme --secrets ./secrets > acme.json",
            "",
            "No other command reads that file. Secrets go to files that only this user can read, and are never",
            "printed; the configuration refers to them.",
        })
final class ProfileCommand implements Runnable {
    private static final String FILE_TEXT = "File of profiles; ~/.databrickscfg if not given.";

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ProfileCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: list or import");
    }

    private static Path file(@Nullable Path given) {
        return given != null ? given : Path.of(System.getProperty("user.home"), ".databrickscfg");
    }

    @Command(name = "list", description = "Show the profiles, and which of them can be imported.")
    int list(@Option(names = "--file", paramLabel = "FILE", description = FILE_TEXT) @Nullable Path given) {
        TextTable table = new TextTable("PROFILE", "TYPE", "HOST", "IMPORT");
        List<DatabricksProfile> profiles = DatabricksProfiles.read(file(given));
        profiles.forEach(profile -> table.row(
                profile.name(),
                profile.authType(),
                profile.host().map(WorkspaceHost::toString).orElse("-"),
                profile.obstacle()
                        .map(why -> "no: " + why)
                        .orElseGet(() ->
                                "as method " + profile.identity().orElseThrow().method())));
        table.print(console);
        return console.finish();
    }

    @Command(name = "import", description = "Print the configuration of a tenant that signs in as a profile does.")
    int take(
            @Option(names = "--file", paramLabel = "FILE", description = FILE_TEXT) @Nullable Path given,
            @Option(names = "--profile", required = true, paramLabel = "NAME", description = "Its section.")
                    String name,
            @Option(names = "--tenant", required = true, paramLabel = "ID", description = "Id of the tenant.")
                    String tenant,
            @Option(
                            names = "--secrets",
                            required = true,
                            paramLabel = "DIR",
                            description = "Directory for the files that hold the secrets; made if it is not there.")
                    Path secrets,
            @Option(names = "--warehouse", paramLabel = "ID", description = "Where the profile names none.") @Nullable
                    String warehouse) {
        TenantId id = TenantId.of(tenant);
        DatabricksProfile profile = DatabricksProfiles.read(file(given), name);
        profile.obstacle().ifPresent(why -> {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION, "profile '" + name + "' cannot be imported: " + why);
        });
        String warehouseId = profile.warehouse().orElse(warehouse == null ? "" : warehouse);
        if (warehouseId.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "profile '" + name + "' names no warehouse; give its id by --warehouse");
        }
        console.line(JsonText.pretty(Map.of("tenants", Map.of(id.value(), member(profile, id, warehouseId, secrets)))));
        return console.finish();
    }

    private static Map<String, Object> member(DatabricksProfile profile, TenantId id, String warehouse, Path secrets) {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("method", profile.identity().orElseThrow().method());
        auth.put("properties", new TreeMap<>(profile.identity().orElseThrow().properties()));
        Map<String, Object> references = new TreeMap<>();
        profile.identity()
                .orElseThrow()
                .secrets()
                .forEach((key, secret) -> references.put(key, reference(secret, secrets.resolve(id + "." + key))));
        auth.put("secrets", references);
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("host", profile.host().orElseThrow().toString());
        member.put("warehouse_id", warehouse);
        member.put("auth", auth);
        return member;
    }

    /** A profile may refer to a variable or file itself; that is no secret and stays as it is. */
    private static String reference(Secret secret, Path file) {
        if (secret.reveal().matches("\\$\\{(env|file):[^}]*}")) {
            return secret.reveal();
        }
        SecretFile.write(file, secret);
        return "${file:" + file.toAbsolutePath().normalize() + "}";
    }
}
