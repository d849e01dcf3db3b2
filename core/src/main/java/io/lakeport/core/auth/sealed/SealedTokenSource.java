package io.lakeport.core.auth.sealed;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.time.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs in with secrets that the vault keeps, each time with the newest version of them. So a secret is changed under a
 * running host by sealing another one, and between two sign-ins the host holds none in memory. Thread-safe.
 */
public final class SealedTokenSource implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(SealedTokenSource.class);
    private static final int TRIES = 3;

    private final TokenSourceContext context;
    private final TokenSourceProvider provider;
    private final Supplier<SecretVault> vault;

    /**
     * Creates the source; makes no call.
     *
     * @param context with settings that name sealed secrets
     * @param vault asked for at the first sign-in
     */
    public SealedTokenSource(TokenSourceContext context, TokenSourceProvider provider, Supplier<SecretVault> vault) {
        this.context = Objects.requireNonNull(context, "context");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.vault = Objects.requireNonNull(vault, "vault");
    }

    @Override
    public AccessToken token(Deadline deadline) {
        Map<String, SecretReference> newest = newest();
        for (int left = TRIES; ; left--) {
            try {
                return signIn(newest, deadline);
            } catch (LakeportException e) {
                // A rotation may have deleted the secret between the look into the vault and the sign-in.
                boolean refused = e.category() == ErrorCategory.UNAUTHENTICATED || e.is(SecretError.SECRET_DESTROYED);
                Map<String, SecretReference> now = refused && left > 1 ? newest() : newest;
                if (now.equals(newest)) {
                    throw e;
                }
                LOG.info("tenant '{}': {} was refused, and {} has taken its place", context.tenant(), newest, now);
                newest = now;
            }
        }
    }

    private AccessToken signIn(Map<String, SecretReference> references, Deadline deadline) {
        Map<String, Secret> secrets = new HashMap<>(context.settings().secrets());
        references.forEach((name, reference) -> secrets.put(name, vault.get().open(reference)));
        AccessToken token = provider.open(context.with(context.settings().unsealed(secrets)))
                .token(deadline);
        LOG.debug("tenant '{}' signed in with {}", context.tenant(), references.values());
        return token;
    }

    private Map<String, SecretReference> newest() {
        Map<String, SecretReference> found = new TreeMap<>();
        context.settings().sealed().forEach((name, kept) -> found.put(name, newest(name, kept)));
        return found;
    }

    private SecretReference newest(String name, String kept) {
        Optional<SealedSecret> current = vault.get().current(context.tenant(), kept);
        return current.map(SealedSecret::reference)
                .orElseThrow(() -> new LakeportException(
                                CoreError.INVALID_CONFIGURATION,
                                "tenant '" + context.tenant() + "': secret '" + name
                                        + "' is to come from the vault, and nothing is sealed there as '" + kept
                                        + "'; seal it with 'lakeport vault seal'")
                        .with("tenant", context.tenant().value()));
    }
}
