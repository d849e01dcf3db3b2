package io.lakeport.app.wiring;

import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.StateSettings;
import io.lakeport.app.config.VaultSettings;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.auth.user.InMemoryUserCredentials;
import io.lakeport.core.auth.user.StoredUserCredentials;
import io.lakeport.core.auth.user.UserCredentials;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.state.StateStoreContext;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State and vault of a process, each opened when it is first asked for: a process that needs neither starts without a
 * database. Thread-safe.
 */
public final class StateParts implements AutoCloseable {
    private final LakeportConfig config;
    private final Providers providers;
    private final Clock clock;
    private final Closer closer = new Closer();
    private @Nullable StateStore store;
    private @Nullable SecretVault vault;
    private @Nullable UserCredentials users;

    StateParts(LakeportConfig config, Providers providers, Clock clock, Optional<UserCredentials> given) {
        this.users = given.orElse(null);
        this.config = config;
        this.providers = providers;
        this.clock = clock;
    }

    /** Returns the state store; see {@link io.lakeport.core.state.StateStoreProvider#open} for what can go wrong. */
    public synchronized StateStore store() {
        if (store == null) {
            StateSettings settings = config.state();
            store = closer.add(
                    settings.provider().equals(StateSettings.MEMORY)
                            ? new InMemoryStateStore(clock)
                            : providers
                                    .require(ProviderKind.STATE_STORE, settings.provider())
                                    .open(new StateStoreContext(
                                            settings.properties(), settings.secrets(), settings.folder(), clock)));
        }
        return store;
    }

    /**
     * Returns the vault.
     *
     * @throws LakeportException INVALID_REQUEST when no master key is configured, or it cannot be used
     */
    public synchronized SecretVault vault() {
        if (vault == null) {
            VaultSettings settings = config.vault()
                    .orElseThrow(() -> new LakeportException(
                            CoreError.INVALID_CONFIGURATION,
                            "there is no master key to seal secrets with; add to the configuration, for example:"
                                    + " \"vault\": {\"keys\": \"file\", \"properties\": {\"path\": \"master.key\","
                                    + " \"create\": \"true\"}}"));
            MasterKeys keys = closer.add(providers
                    .require(ProviderKind.KEY_PROVIDER, settings.keys())
                    .open(new KeyProvider.KeyContext(settings.properties(), settings.secrets(), settings.folder())));
            vault = providers.all(ProviderKind.SECRET_VAULT).values().stream()
                    .findFirst()
                    .orElseThrow(() -> new LakeportException(
                            CoreError.PROVIDER_MISSING,
                            "there is no vault; put the lakeport-auth jar on the class path or module path"))
                    .open(store(), keys, clock);
        }
        return vault;
    }

    /**
     * Returns where users' credentials are kept: where the host says; in the state store when there is a vault to seal
     * them; else in memory.
     */
    public synchronized UserCredentials users() {
        if (users == null) {
            users = config.vault().isPresent()
                    ? new StoredUserCredentials(store(), vault(), clock)
                    : new InMemoryUserCredentials(clock);
        }
        return users;
    }

    @Override
    public void close() {
        closer.close();
    }
}
