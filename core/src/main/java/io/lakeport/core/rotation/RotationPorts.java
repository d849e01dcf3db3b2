package io.lakeport.core.rotation;

import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.StateStore;
import java.util.Objects;

/**
 * What a rotation works with.
 *
 * @param states where it writes down how far it has come
 * @param vault keeps the secrets
 * @param secrets the service principal's secrets at Databricks, seen by an administrator of the workspace
 * @param trial tries a secret
 * @param listener is told of every step
 */
public record RotationPorts(
        StateStore states, SecretVault vault, OAuthSecrets secrets, SignInTrial trial, RotationListener listener) {
    public RotationPorts {
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(vault, "vault");
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(listener, "listener");
    }
}
