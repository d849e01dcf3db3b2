package io.lakeport.app.wiring;

import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignInCheckProvider;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.sealed.SealedTokenSource;
import io.lakeport.core.auth.user.SupportsUserSignIn;
import io.lakeport.core.auth.user.UserConnections;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a tenant, or each of its users, signs in. Thread-safe. */
public final class SignIns {
    private final Tenant tenant;
    private final SharedParts shared;

    SignIns(Tenant tenant, SharedParts shared) {
        this.tenant = tenant;
        this.shared = shared;
    }

    /** Returns the connections of every tenant, for its users. */
    static UserConnections users(SharedParts shared) {
        return new UserConnections(
                new UserConnections.Connections() {
                    @Override
                    public UserConnections.Connection of(TenantId id) {
                        return new SignIns(
                                        shared.directory().require(id.value()).tenant(), shared)
                                .connection();
                    }

                    @Override
                    public Collection<TenantId> perUser() {
                        return shared.directory().active().stream()
                                .filter(tenant -> new SignIns(tenant, shared).isPerUser())
                                .map(Tenant::id)
                                .toList();
                    }
                },
                shared.state().users(),
                check(shared));
    }

    private static SignInCheckProvider check(SharedParts shared) {
        return shared.providers().all(ProviderKind.SIGN_IN_CHECK).values().stream()
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "there is no sign-in check; put the lakeport-auth jar on the class path or module path"));
    }

    /** Tries the credential of the tenant, or of its user, at the workspace. */
    SignedIn check(TokenSource tokens, Deadline deadline) {
        return check(shared).check(context(), tokens, deadline);
    }

    private UserConnections.Connection connection() {
        if (!isPerUser()) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "all users of tenant '" + tenant.id() + "' share its credential; set 'credentials' of its 'auth' to"
                            + " per_user if each is to have one");
        }
        return new UserConnections.Connection(unsealed(context()), provider());
    }

    private TokenSourceProvider provider() {
        return shared.providers()
                .require(ProviderKind.TOKEN_SOURCE, tenant.identity().method());
    }

    /** What all users of a connection share may be in the vault as well. */
    private TokenSourceContext unsealed(TokenSourceContext context) {
        if (context.settings().sealed().isEmpty()) {
            return context;
        }
        Map<String, Secret> secrets = new HashMap<>(context.settings().secrets());
        SecretVault vault = shared.state().vault();
        context.settings()
                .sealed()
                .forEach((name, kept) -> vault.current(tenant.id(), kept)
                        .ifPresent(found -> secrets.put(name, vault.open(found.reference()))));
        return context.with(context.settings().unsealed(secrets));
    }

    /** Signs in with another secret than the tenant's, and remembers nothing of it. */
    void trySecret(String name, Secret candidate, Deadline deadline) {
        Map<String, Secret> secrets = new HashMap<>(tenant.identity().secrets());
        secrets.put(name, candidate);
        AccessToken unused = provider()
                .open(context().with(tenant.identity().unsealed(secrets)))
                .token(deadline);
    }

    /**
     * Asks the workspace who signs in with a candidate in place of what the vault keeps: not every method asks anyone
     * before it has a token.
     *
     * @param names settings that the candidate stands for
     */
    void tryAtWorkspace(Collection<String> names, Secret candidate, Deadline deadline) {
        Map<String, String> kept = new HashMap<>(tenant.identity().sealed());
        kept.keySet().removeAll(names);
        IdentitySettings identity = tenant.identity();
        IdentitySettings others = new IdentitySettings(
                identity.method(), identity.properties(), identity.secrets(), identity.credentials(), kept);
        TokenSourceContext context = unsealed(context().with(others));
        Map<String, Secret> secrets = new HashMap<>(context.settings().secrets());
        names.forEach(name -> secrets.put(name, candidate));
        SignedIn unused = check(provider().open(context.with(context.settings().unsealed(secrets))), deadline);
    }

    boolean isPerUser() {
        // A method by browser has no other way.
        return tenant.identity().perUser() || provider() instanceof SupportsUserSignIn;
    }

    private TokenSourceContext context() {
        return new TokenSourceContext(
                        tenant.id(),
                        tenant.host(),
                        tenant.identity(),
                        tenant.userAgent(),
                        shared.guard(),
                        shared.clock())
                .withIdTokens(shared.providers().all(ProviderKind.ID_TOKENS));
    }

    /**
     * Returns the tokens of the tenant, cached, or of one of its users.
     *
     * @throws LakeportException INVALID_REQUEST when a user is named where all share a credential
     */
    TokenSource tokens(Optional<UserId> user) {
        if (user.isPresent()) {
            return users(shared).tokens(connection().context().tenant(), user.get());
        }
        if (isPerUser()) {
            return deadline -> {
                throw userNotNamed();
            };
        }
        return shared.cache().cached(tenant.id(), origin());
    }

    private TokenSource origin() {
        return tenant.identity().sealed().isEmpty()
                ? provider().open(context())
                : new SealedTokenSource(context(), provider(), shared.state()::vault);
    }

    /** Returns the tokens past the cache, which hides for an hour that a credential has ended. */
    TokenSource fresh(Optional<UserId> user) {
        return user.isPresent() || isPerUser() ? tokens(user) : deadline -> origin().token(deadline);
    }

    /**
     * Returns tokens of the tenant's identity for an account's API. Tokens of Microsoft Entra are good for both; those of
     * Databricks come from the account's endpoint.
     *
     * @throws LakeportException INVALID_REQUEST when the method has none, as personal access tokens have
     */
    TokenSource accountTokens(DatabricksAccount account) {
        IdentitySettings identity = tenant.identity();
        if (identity.method().equals("pat") || isPerUser()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "method '" + identity.method() + "' of tenant '" + tenant.id() + "' opens no account's API; sign in"
                            + " as a service principal, for example by oauth-m2m");
        }
        if (identity.method().startsWith("azure")) {
            return tokens(Optional.empty());
        }
        Map<String, String> properties = new HashMap<>(identity.properties());
        properties.put("account_id", account.id());
        properties.put("accounts_host", account.host().toString());
        TokenSourceContext atAccount = unsealed(context());
        IdentitySettings settings = new IdentitySettings(
                identity.method(), properties, atAccount.settings().secrets());
        return new KeptToken(provider().open(atAccount.with(settings)), shared.clock());
    }

    private LakeportException userNotNamed() {
        return new LakeportException(
                        SignInError.USER_NOT_NAMED,
                        "tenant '" + tenant.id() + "' has per-user credentials: each user has a credential, and the"
                                + " connection has none of its own, so nothing is wrong with it; name the user (by"
                                + " asUser in code), and test with a user who has signed in")
                .with("tenant", tenant.id().value());
    }
}
