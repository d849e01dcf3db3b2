package io.lakeport.core.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An OAuth application of an account ("custom app integration").
 *
 * @param integrationId by which it is changed and deleted
 * @param clientId by which users sign in with it
 * @param name what pages show
 * @param redirectUrls where users come back to
 * @param confidential whether it has a secret
 * @param scopes what it may ask for
 * @param accessTokenLife how long its access tokens live, empty for the account's default
 * @param refreshTokenLife how long its refresh tokens live, empty for the account's default
 */
public record OAuthApp(
        String integrationId,
        String clientId,
        String name,
        List<URI> redirectUrls,
        boolean confidential,
        List<String> scopes,
        Optional<Duration> accessTokenLife,
        Optional<Duration> refreshTokenLife) {
    public OAuthApp {
        Objects.requireNonNull(integrationId, "integrationId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(name, "name");
        redirectUrls = List.copyOf(redirectUrls);
        scopes = List.copyOf(scopes);
        Objects.requireNonNull(accessTokenLife, "accessTokenLife");
        Objects.requireNonNull(refreshTokenLife, "refreshTokenLife");
    }
}
