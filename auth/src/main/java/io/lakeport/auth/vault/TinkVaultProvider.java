package io.lakeport.auth.vault;

import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.secret.SecretVaultProvider;
import io.lakeport.core.state.StateStore;
import java.time.Clock;

/** Makes vaults that seal with Google Tink. */
public final class TinkVaultProvider implements SecretVaultProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public TinkVaultProvider() {}

    @Override
    public String name() {
        return "tink";
    }

    @Override
    public SecretVault open(StateStore store, MasterKeys keys, Clock clock) {
        return new TinkVault(store, keys, clock);
    }
}
