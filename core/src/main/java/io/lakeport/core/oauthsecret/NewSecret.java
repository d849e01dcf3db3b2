package io.lakeport.core.oauthsecret;

import io.lakeport.core.secret.Secret;
import java.util.Objects;

/**
 * A secret at the only moment when it can be had.
 *
 * @param info what will be told of it later
 * @param value the secret
 */
public record NewSecret(IssuedSecret info, Secret value) {
    public NewSecret {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(value, "value");
    }
}
