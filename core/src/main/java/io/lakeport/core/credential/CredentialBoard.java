package io.lakeport.core.credential;

import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Use case: says of every credential how it is, from what is known here; makes no call to a workspace. Thread-safe. */
public final class CredentialBoard {
    private static final String PAT = "pat";

    private final Optional<SecretVault> vault;
    private final UserCredentials users;
    private final Instant now;
    private final Duration within;

    /**
     * Creates a board.
     *
     * @param vault empty where secrets stand in the configuration only
     * @param now what time it is
     * @param within how long before its end a credential is told to be ending
     */
    public CredentialBoard(Optional<SecretVault> vault, UserCredentials users, Instant now, Duration within) {
        this.vault = Objects.requireNonNull(vault, "vault");
        this.users = Objects.requireNonNull(users, "users");
        this.now = Objects.requireNonNull(now, "now");
        this.within = Objects.requireNonNull(within, "within");
    }

    /**
     * Returns the credentials of a tenant and of its users.
     *
     * @param failure why its latest rotation failed, empty when it did not
     * @param trial what came of trying the tenant's own credential, empty when it was not tried
     */
    public List<CredentialHealth> of(Tenant tenant, Optional<String> failure, Optional<CredentialTrial> trial) {
        List<CredentialHealth> own = new ArrayList<>();
        IdentitySettings identity = tenant.identity();
        new TreeMap<>(identity.sealed()).values().forEach(name -> own.add(sealed(tenant, name, failure)));
        new TreeMap<>(identity.secrets()).keySet().forEach(name -> own.add(configured(tenant, name)));
        if (own.isEmpty() && !identity.perUser()) {
            own.add(health(
                    tenant,
                    "-",
                    CredentialState.OK,
                    "it has no secret that could end: who gives the tokens does so anew"));
        }
        List<CredentialHealth> all = new ArrayList<>(
                own.stream().map(one -> trial.map(one::tried).orElse(one)).toList());
        users.of(tenant.id()).forEach(credential -> all.add(user(tenant, credential)));
        return List.copyOf(all);
    }

    private CredentialHealth sealed(Tenant tenant, String name, Optional<String> failure) {
        Optional<SealedSecret> found = vault.flatMap(there -> there.current(tenant.id(), name));
        if (found.isEmpty()) {
            return health(
                    tenant,
                    name,
                    CredentialState.ENDED,
                    "nothing is sealed under this name: seal it with 'lakeport vault seal'");
        }
        SealedSecret secret = found.get();
        CredentialState state = secret.expires().map(this::state).orElse(CredentialState.UNKNOWN);
        String advice = switch (state) {
            case OK -> "";
            case ENDING -> "rotate it: 'lakeport secrets rotate'";
            case ENDED ->
                "it has ended: rotate it by an admin's identity ('lakeport secrets rotate --by'), or seal"
                        + " a new one; tokens that were fetched before live for an hour at most";
            case UNKNOWN -> "it was sealed without its end: rotate it once, or seal it with --expires";
        };
        return new CredentialHealth(
                tenant.id(),
                Optional.empty(),
                tenant.identity().method(),
                secret.reference().toString(),
                Optional.of(secret.created()),
                secret.expires(),
                secret.lastUsed(),
                Optional.empty(),
                state,
                failure.map(why -> advice + (advice.isEmpty() ? "" : "; ") + "its rotation failed: " + why)
                        .orElse(advice));
    }

    private CredentialState state(Instant end) {
        if (!end.isAfter(now)) {
            return CredentialState.ENDED;
        }
        return end.isAfter(now.plus(within)) ? CredentialState.OK : CredentialState.ENDING;
    }

    private CredentialHealth configured(Tenant tenant, String name) {
        String advice = tenant.identity().method().equals(PAT)
                ? "a personal access token: it ends with the person whose it is, and Databricks removes it after 90 days"
                        + " without use; give the tenant a service principal (oauth-m2m)"
                : "it stands in the configuration, where nobody knows its end: seal it in the vault with --expires, and"
                        + " write ${vault:NAME} in its place";
        return health(tenant, name, CredentialState.UNKNOWN, advice);
    }

    private static CredentialHealth health(Tenant tenant, String name, CredentialState state, String advice) {
        return new CredentialHealth(
                tenant.id(),
                Optional.empty(),
                tenant.identity().method(),
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                state,
                advice);
    }

    private static CredentialHealth user(Tenant tenant, UserCredential credential) {
        Optional<String> ended = credential.ended();
        return new CredentialHealth(
                tenant.id(),
                Optional.of(credential.owner().user()),
                credential.method(),
                credential.renewedAt().map(at -> "renewed " + at).orElse("as obtained"),
                Optional.of(credential.obtainedAt()),
                Optional.empty(),
                credential.lastUsedAt(),
                Optional.empty(),
                ended.isPresent() ? CredentialState.ENDED : CredentialState.UNKNOWN,
                ended.map(why -> "the user must sign in again: " + why)
                        .orElse(
                                credential.method().equals(PAT)
                                        ? "a person's token, whose end is not told: the user sees it in the workspace's settings"
                                        : "Databricks does not tell when a refresh token ends; each use replaces it"));
    }
}
