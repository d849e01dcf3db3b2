package io.lakeport.core.secret;

import io.lakeport.core.state.StateStore;
import java.time.Clock;

/** SPI: makes vaults. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface SecretVaultProvider {
    /** Returns the name of the kind of vault, for example {@code tink}. */
    String name();

    /**
     * Makes a vault over a store and master keys, which the caller closes after it used the vault for the last time.
     *
     * @param clock tells when secrets are sealed, used and destroyed
     */
    SecretVault open(StateStore store, MasterKeys keys, Clock clock);
}
