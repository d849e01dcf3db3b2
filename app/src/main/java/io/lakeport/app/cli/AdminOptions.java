package io.lakeport.app.cli;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.SecretFile;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.profile.DatabricksProfile;
import io.lakeport.core.auth.profile.DatabricksProfiles;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantScope;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say who asks and gives, when that is another than the tenant's own identity. */
final class AdminOptions {
    @Option(
            names = "--admin-tenant",
            paramLabel = "ID",
            description = "A tenant of the configuration whose identity administers the workspace.")
    private @Nullable String tenant;

    @Option(
            names = "--admin-profile",
            paramLabel = "NAME",
            description = "A profile of the Databricks command line that does.")
    private @Nullable String profile;

    @Option(
            names = "--admin-profile-file",
            paramLabel = "FILE",
            description = "File of profiles; ~/.databrickscfg if not given.")
    private @Nullable Path profiles;

    @Option(names = "--admin-client-id", paramLabel = "ID", description = "Client id of a service principal that does.")
    private @Nullable String clientId;

    @Option(names = "--admin-client-secret-file", paramLabel = "FILE", description = "File that holds its secret.")
    private @Nullable Path secretFile;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            description = "File that holds a personal access token of somebody who does.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--account-id",
            paramLabel = "ID",
            description = "Account, for what only account admins can do: groups, assignment to the workspace.")
    private @Nullable String accountId;

    @Option(
            names = "--accounts-host",
            paramLabel = "URL",
            description = "Its console; follows from the workspace's cloud if not given.")
    private @Nullable URI accountsHost;

    /** A configuration in which somebody asks, and the id under which it is a tenant there. */
    record Asking(LakeportConfig config, String id) {}

    /** Returns who asks: the administrator that is named, or else the tenant itself. */
    Asking asking(LakeportConfig config, Tenant subject) {
        long ways = Stream.of(tenant, profile, clientId, tokenFile)
                .filter(way -> way != null)
                .count();
        if (ways > 1) {
            throw new IllegalArgumentException("name one administrator: by --admin-tenant, --admin-profile,"
                    + " --admin-client-id or --admin-token-file");
        }
        if (tenant != null) {
            return new Asking(
                    config, sameHost(config.tenant(tenant), subject).id().value());
        }
        Optional<IdentitySettings> identity = identity(subject);
        if (identity.isEmpty()) {
            return new Asking(config, subject.id().value());
        }
        Tenant admin = as(subject, free(config), identity.get());
        return new Asking(config.withTenant(admin), admin.id().value());
    }

    private static Tenant sameHost(Tenant admin, Tenant subject) {
        if (!admin.host().equals(subject.host())) {
            throw new IllegalArgumentException("tenant '" + admin.id() + "' is at " + admin.host() + ", tenant '"
                    + subject.id() + "' at " + subject.host() + "; name an administrator of the same workspace");
        }
        return admin;
    }

    private Optional<IdentitySettings> identity(Tenant subject) {
        if (profile != null) {
            Path file = profiles != null ? profiles : Path.of(System.getProperty("user.home"), ".databrickscfg");
            DatabricksProfile found = DatabricksProfiles.read(file, profile);
            if (found.identity().isEmpty()
                    || !found.host().filter(subject.host()::equals).isPresent()) {
                throw new IllegalArgumentException("profile '" + profile + "' cannot be used: "
                        + found.obstacle().orElse("it is of another workspace than " + subject.host()));
            }
            return found.identity();
        }
        if (clientId != null) {
            if (secretFile == null) {
                throw new IllegalArgumentException("--admin-client-id needs --admin-client-secret-file");
            }
            return Optional.of(IdentitySettings.oauthM2m(clientId, SecretFile.read(secretFile)));
        }
        return Optional.ofNullable(tokenFile).map(SecretFile::read).map(AdminOptions::pat);
    }

    private static IdentitySettings pat(Secret token) {
        return IdentitySettings.pat(token);
    }

    private static TenantId free(LakeportConfig config) {
        TenantId id = TenantId.of("administrator");
        for (int i = 2; config.tenants().containsKey(id); i++) {
            id = TenantId.of("administrator-" + i);
        }
        return id;
    }

    private static Tenant as(Tenant subject, TenantId id, IdentitySettings identity) {
        return new Tenant(
                id,
                subject.host(),
                subject.warehouses(),
                subject.engine(),
                Optional.empty(),
                Optional.empty(),
                identity,
                subject.isolation(),
                new TenantScope(Set.of(), Set.of(), AccessProfile.WRITE_BACK),
                subject.userAgent(),
                subject.statementTimeout());
    }

    /** Returns the account, when one is named here or by who asks. */
    Optional<DatabricksAccount> account(Tenant asking) {
        Map<String, String> properties = asking.identity().properties();
        Optional<String> id =
                Optional.ofNullable(accountId).or(() -> Optional.ofNullable(properties.get("account_id")));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        URI host = Optional.ofNullable(accountsHost)
                .or(() -> Optional.ofNullable(properties.get("accounts_host")).map(URI::create))
                .or(() -> DatabricksAccount.consoleOf(asking.host()))
                .orElseThrow(() -> new IllegalArgumentException("the name of workspace " + asking.host()
                        + " does not tell its cloud; give --accounts-host, for example"
                        + " https://accounts.cloud.databricks.com"));
        return Optional.of(new DatabricksAccount(host, id.get()));
    }
}
