package io.lakeport.core.auth;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import java.util.Map;
import java.util.Objects;

/**
 * How a tenant authenticates: the name of a method, and what that method needs.
 *
 * @param method method name of a {@link TokenSourceProvider}, for example {@code oauth-m2m} or {@code pat}
 * @param properties what may be shown, for example {@code client_id}
 * @param secrets what may not, for example {@code client_secret}
 * @param credentials whose the credential is: everybody's, or each user's own
 * @param sealed further secrets, by the names under which the vault keeps them; their newest versions count
 */
public record IdentitySettings(
        String method,
        Map<String, String> properties,
        Map<String, Secret> secrets,
        Credentials credentials,
        Map<String, String> sealed) {
    public IdentitySettings {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(credentials, "credentials");
        properties = Map.copyOf(properties);
        secrets = Map.copyOf(secrets);
        sealed = Map.copyOf(sealed);
        sealed.values().forEach(SecretReference::requireName);
    }

    /** Creates settings of which the vault keeps nothing. */
    public IdentitySettings(
            String method, Map<String, String> properties, Map<String, Secret> secrets, Credentials credentials) {
        this(method, properties, secrets, credentials, Map.of());
    }

    /** Creates settings that are everybody's. */
    public IdentitySettings(String method, Map<String, String> properties, Map<String, Secret> secrets) {
        this(method, properties, secrets, Credentials.GLOBAL);
    }

    /** Returns these settings with all of their secrets at hand, and none left in the vault. */
    public IdentitySettings unsealed(Map<String, Secret> all) {
        return new IdentitySettings(method, properties, all, credentials);
    }

    /** Returns whether each user has a credential. */
    public boolean perUser() {
        return credentials == Credentials.PER_USER;
    }

    /** Returns the settings of a personal access token. */
    public static IdentitySettings pat(Secret token) {
        return new IdentitySettings("pat", Map.of(), Map.of("token", token));
    }

    /** Returns the settings of a service principal that signs in by OAuth client credentials. */
    public static IdentitySettings oauthM2m(String clientId, Secret clientSecret) {
        return new IdentitySettings("oauth-m2m", Map.of("client_id", clientId), Map.of("client_secret", clientSecret));
    }
}
