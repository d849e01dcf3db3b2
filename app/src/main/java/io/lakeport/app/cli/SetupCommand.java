package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.SecretFile;
import io.lakeport.core.account.AppRequest;
import io.lakeport.core.account.AppSetup;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.location.StorageIdentity;
import io.lakeport.core.location.StorageSetup;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sets up what an administrator sets up once. */
@Command(
        name = "setup",
        synopsisSubcommandLabel = "COMMAND",
        description = "Set up storage or an OAuth application, as an administrator; can be run again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport setup storage -c acme.json --admin-tenant admin --name lake --url s3://bucket/lake"
                    + " --aws-role arn:aws:iam::123456789012:role/lake",
            "  lakeport setup app -c acme.json --admin-tenant admin --account-id ID --name my-host"
                    + " --redirect https://host/callback",
            "",
            "Service principals are created by 'lakeport grants apply --new NAME'.",
        })
final class SetupCommand implements Runnable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SetupCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: storage or app");
    }

    /** As whom storage is reached. */
    static final class StorageOptions {
        @Option(names = "--aws-role", paramLabel = "ARN", description = "S3: the IAM role of a new credential.")
        private @Nullable String awsRole;

        @Option(
                names = "--azure-directory",
                paramLabel = "ID",
                description = "ADLS: the Entra tenant of an application.")
        private @Nullable String directory;

        @Option(names = "--azure-application", paramLabel = "ID", description = "ADLS: its application (client) id.")
        private @Nullable String application;

        @Option(names = "--azure-secret-file", paramLabel = "FILE", description = "ADLS: file that holds its secret.")
        private @Nullable Path secretFile;

        @Option(
                names = "--azure-connector",
                paramLabel = "ID",
                description = "ADLS: resource id of an access connector, instead of an application.")
        private @Nullable String connector;

        Optional<StorageIdentity> identity() {
            if (awsRole != null) {
                return Optional.of(new StorageIdentity.AwsRole(awsRole));
            }
            if (connector != null) {
                return Optional.of(new StorageIdentity.AzureManagedIdentity(connector));
            }
            if (directory == null && application == null && secretFile == null) {
                return Optional.empty();
            }
            if (directory == null || application == null || secretFile == null) {
                throw new IllegalArgumentException("an Entra application needs --azure-directory, --azure-application"
                        + " and --azure-secret-file");
            }
            return Optional.of(
                    new StorageIdentity.AzureServicePrincipal(directory, application, SecretFile.read(secretFile)));
        }
    }

    @Command(
            name = "storage",
            description = {
                "Create a storage credential and an external location, and try them.",
                "Exit code 4 when the workspace cannot use the storage yet."
            })
    int storage(
            @Mixin ConnectionOptions connection,
            @Mixin AdminOptions admin,
            @Mixin StorageOptions storage,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "Of the external location.")
                    String name,
            @Option(names = "--url", required = true, paramLabel = "URL", description = "Where it is.") String url,
            @Option(
                            names = "--credential",
                            paramLabel = "NAME",
                            description = "Its credential; its own name if not given.")
                    @Nullable
                    String credential,
            @Option(names = "--read-only", description = "Nothing may be written there, whatever is granted.")
                    boolean readOnly,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        ExternalLocation wanted = new ExternalLocation(
                name, LocationUrl.parse(url), credential == null ? name : credential, readOnly, Optional.empty());
        LakeportConfig config = connection.config(console);
        AdminOptions.Asking asking = admin.asking(config, config.tenant(connection.tenant(config)));
        StorageSetup.Result result;
        try (Lakeport lakeport = connection.start(asking.config())) {
            result = lakeport.tenant(asking.id()).setup().storage(storage.identity(), wanted, TIMEOUT);
        }
        if (json) {
            console.line(JsonText.line(members(result)));
        } else {
            print(result);
        }
        int written = console.finish();
        return result.isUsable() ? written : ExitCode.PERMISSION;
    }

    private void print(StorageSetup.Result result) {
        console.line("storage credential '" + result.credential().name() + "' "
                + (result.credentialCreated() ? "was created" : "is there"));
        result.credential().trust().ifPresent(trust -> console.line("  the role must trust: " + trust));
        console.line("external location '" + result.location().name() + "' at "
                + result.location().url() + (result.locationCreated() ? " was created" : " is there"));
        result.checks()
                .forEach(check -> console.line("  " + check.result() + "  " + check.operation()
                        + check.message().map(text -> ": " + text).orElse("")));
    }

    private static Map<String, Object> members(StorageSetup.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credential", result.credential().name());
        json.put("credential_created", result.credentialCreated());
        result.credential().trust().ifPresent(trust -> json.put("trust", trust));
        json.put("location", result.location().name());
        json.put("location_created", result.locationCreated());
        json.put("sql", result.location().sql());
        json.put("usable", result.isUsable());
        Map<String, Object> checks = new LinkedHashMap<>();
        result.checks().forEach(check -> checks.put(check.operation(), check.result()));
        json.put("checks", checks);
        return json;
    }

    @Command(
            name = "app",
            description = {
                "Register an OAuth application of the account, by which users sign in.",
                "Its secret goes to the vault and is never shown."
            })
    int app(
            @Mixin ConnectionOptions connection,
            @Mixin AdminOptions admin,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What users see.")
                    String name,
            @Option(names = "--redirect", required = true, paramLabel = "URL", description = "May be repeated.")
                    List<URI> redirects,
            @Option(names = "--scope", paramLabel = "NAME", description = "sql and offline_access if not given.")
                    @Nullable
                    List<String> scopes,
            @Option(names = "--public", description = "An application without a secret.") boolean open) {
        AppRequest request = new AppRequest(
                name, redirects, !open, scopes == null ? AppRequest.SQL_SCOPES : new ArrayList<>(scopes));
        LakeportConfig config = connection.config(console);
        Tenant tenant = config.tenant(connection.tenant(config));
        AdminOptions.Asking asking = admin.asking(config, tenant);
        DatabricksAccount account = admin.account(asking.config().tenant(asking.id()))
                .orElseThrow(() -> new IllegalArgumentException("which account? give --account-id"));
        AppSetup.Result result;
        try (Lakeport lakeport = connection.start(asking.config())) {
            result = lakeport.tenant(asking.id()).setup().app(account, tenant.id(), request, TIMEOUT);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.app().name());
        json.put("integration_id", result.app().integrationId());
        json.put("client_id", result.app().clientId());
        json.put("created", result.created());
        result.secret().ifPresent(secret -> json.put("client_secret", secret.toString()));
        console.line(JsonText.line(json));
        return console.finish();
    }
}
