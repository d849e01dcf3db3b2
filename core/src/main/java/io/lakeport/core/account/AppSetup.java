package io.lakeport.core.account;

import io.lakeport.core.account.AppRegistrations.Registered;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Use case: an OAuth application for a host, whose secret goes from Databricks' one answer to the vault and nowhere else.
 * An application of that name that is the same already is left as it is. Thread-safe.
 */
public final class AppSetup {
    private final AppRegistrations apps;
    private final SecretVault vault;

    /** Creates it over ports that it does not close. */
    public AppSetup(AppRegistrations apps, SecretVault vault) {
        this.apps = Objects.requireNonNull(apps, "apps");
        this.vault = Objects.requireNonNull(vault, "vault");
    }

    /**
     * What came of it.
     *
     * @param app the application
     * @param created whether it was not there before
     * @param secret where its secret is kept; empty when it has none, or none that this vault knows
     */
    public record Result(OAuthApp app, boolean created, Optional<SecretReference> secret) {}

    /**
     * Registers the application unless it is there. When its secret cannot be sealed it is removed again: nobody could
     * ever learn that secret.
     *
     * @param tenant whose vault keeps the secret
     * @throws LakeportException CONFLICT when another application has the name
     */
    public Result run(TenantId tenant, AppRequest request, Deadline deadline) {
        List<OAuthApp> named = apps.list(deadline).stream()
                .filter(app -> app.name().equals(request.name()))
                .toList();
        Optional<OAuthApp> same =
                named.stream().filter(app -> isSame(app, request)).findFirst();
        if (same.isPresent()) {
            Optional<SecretReference> kept =
                    vault.current(tenant, name(same.get())).map(current -> current.reference());
            return new Result(same.get(), false, kept);
        }
        if (!named.isEmpty()) {
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    "an OAuth application '" + request.name() + "' is there already (client id "
                            + named.get(0).clientId() + ") with other redirect URLs or scopes; choose another name, or"
                            + " change that one in the account console");
        }
        Registered registered = apps.register(request, deadline);
        return new Result(registered.app(), true, keep(tenant, registered, deadline));
    }

    private Optional<SecretReference> keep(TenantId tenant, Registered registered, Deadline deadline) {
        try {
            return registered
                    .secret()
                    .map(secret -> vault.seal(tenant, name(registered.app()), secret, Optional.empty()));
        } catch (LakeportException e) {
            apps.delete(registered.app().integrationId(), deadline);
            throw e;
        }
    }

    private static String name(OAuthApp app) {
        return "oauth-app/" + app.clientId();
    }

    private static boolean isSame(OAuthApp app, AppRequest request) {
        return new TreeSet<>(app.redirectUrls()).equals(new TreeSet<>(request.redirectUrls()))
                && new TreeSet<>(app.scopes()).equals(new TreeSet<>(request.scopes()))
                && app.confidential() == request.confidential();
    }
}
