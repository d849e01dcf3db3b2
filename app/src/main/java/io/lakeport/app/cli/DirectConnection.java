package io.lakeport.app.cli;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.SecretFile;
import io.lakeport.app.config.TenantDefaults;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * A workspace named on the command line. A secret comes from a file or from an environment variable that is named here:
 * on the command line itself every user of the machine could read it.
 */
final class DirectConnection {
    @Option(names = "--host", paramLabel = "URL", required = true, description = "The workspace.")
    private String host = "";

    @Option(names = "--warehouse", paramLabel = "ID", required = true, description = "A SQL warehouse.")
    private String warehouse = "";

    @Option(names = "--client-id", paramLabel = "ID", description = "Client id of a service principal.")
    private @Nullable String clientId;

    @Option(names = "--client-secret-file", paramLabel = "FILE", description = "File that holds its secret.")
    private @Nullable Path clientSecretFile;

    @Option(names = "--client-secret-env", paramLabel = "NAME", description = "Variable that holds its secret.")
    private @Nullable String clientSecretVariable;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File that holds a personal access token.")
    private @Nullable Path tokenFile;

    @Option(names = "--token-env", paramLabel = "NAME", description = "Variable that holds such a token.")
    private @Nullable String tokenVariable;

    @Option(
            names = "--warehouse-engine",
            paramLabel = "NAME",
            description = "How statements reach the warehouse: sea (the default), jdbc, …")
    private @Nullable String engine;

    @Option(names = "--catalog", paramLabel = "NAME", description = "Default catalog.")
    private @Nullable String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "Default schema.")
    private @Nullable String schema;

    LakeportConfig toConfig() {
        TenantDefaults defaults = TenantDefaults.standard();
        return LakeportConfig.of(new Tenant(
                TenantId.of("default"),
                WorkspaceHost.parse(host),
                List.of(WarehouseId.of(warehouse)),
                engine == null ? defaults.engine() : engine,
                Optional.ofNullable(catalog),
                Optional.ofNullable(schema),
                identity(),
                defaults.isolation(),
                new TenantScope(Set.of(), Set.of(), AccessProfile.WRITE_BACK),
                defaults.userAgent(),
                defaults.statementTimeout()));
    }

    private IdentitySettings identity() {
        Optional<Secret> token = secret(tokenFile, tokenVariable);
        Optional<Secret> clientSecret = secret(clientSecretFile, clientSecretVariable);
        if (token.isPresent() && (clientId != null || clientSecret.isPresent())) {
            throw new IllegalArgumentException("give either a token or a client id with its secret, not both");
        }
        if (token.isPresent()) {
            return IdentitySettings.pat(token.get());
        }
        if (clientId == null || clientSecret.isEmpty()) {
            throw new IllegalArgumentException("how to sign in? give --client-id with --client-secret-file or"
                    + " --client-secret-env, or --token-file or --token-env");
        }
        return IdentitySettings.oauthM2m(clientId, clientSecret.get());
    }

    private static Optional<Secret> secret(@Nullable Path file, @Nullable String variable) {
        if (file != null && variable != null) {
            throw new IllegalArgumentException("give a secret by file or by variable, not by both");
        }
        if (file != null) {
            return Optional.of(SecretFile.read(file));
        }
        if (variable == null) {
            return Optional.empty();
        }
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment variable '" + variable + "' is not set");
        }
        return Optional.of(Secret.of(value));
    }
}
