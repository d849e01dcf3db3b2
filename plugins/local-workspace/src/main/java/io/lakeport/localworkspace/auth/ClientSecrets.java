package io.lakeport.localworkspace.auth;

import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The OAuth secrets of service principals, by hash only. Thread-safe. */
public final class ClientSecrets {
    private final StoredObjects stored;
    private final Clock clock;

    ClientSecrets(StateFiles state, Clock clock) {
        this.stored = new StoredObjects(state, "oauth-secrets");
        this.clock = clock;
    }

    /**
     * A secret at the only moment when its text is known.
     *
     * @param info what is kept of it
     * @param text the secret itself
     */
    public record Created(ClientSecret info, Secret text) {}

    /** Creates a secret, {@code dose} and 32 hexadecimal digits. A zero or negative lifetime has ended already. */
    public Created add(long principalId, Duration lifetime) {
        return add(principalId, lifetime, false);
    }

    Created add(long principalId, Duration lifetime, boolean startup) {
        String text = "dose" + CredentialText.hex(16);
        Instant now = clock.instant();
        ClientSecret secret = new ClientSecret(
                UUID.randomUUID().toString(), principalId, CredentialText.hash(text), now, now.plus(lifetime), startup);
        stored.put(secret.id(), secret.toJson());
        return new Created(secret, Secret.of(text));
    }

    /** Returns the secrets of a service principal, oldest first. */
    public List<ClientSecret> of(long principalId) {
        return stored.all().stream()
                .map(ClientSecret::read)
                .filter(secret -> secret.principalId() == principalId)
                .sorted(Comparator.comparing(ClientSecret::createdAt))
                .toList();
    }

    /** Deletes a secret and returns whether it was there. */
    public boolean remove(long principalId, String id) {
        return of(principalId).stream().anyMatch(secret -> secret.id().equals(id)) && stored.remove(id);
    }

    /** Ends every secret of a service principal now. */
    void endAll(long principalId) {
        Instant now = clock.instant();
        stored.replaceAll(node -> {
            ClientSecret secret = ClientSecret.read(node);
            return secret.principalId() == principalId ? secret.endingAt(now).toJson() : node;
        });
    }

    void removeAll(long principalId) {
        of(principalId).forEach(secret -> stored.remove(secret.id()));
    }

    /** Deletes what earlier starts left, but for the newest, which a client may still be configured with. */
    void forgetOldStarts(long principalId) {
        List<ClientSecret> old =
                of(principalId).stream().filter(ClientSecret::startup).toList();
        old.stream().limit(Math.max(0, old.size() - 1)).forEach(secret -> stored.remove(secret.id()));
    }

    SecretCheck check(long principalId, String text) {
        String hash = CredentialText.hash(text);
        for (ClientSecret secret : of(principalId)) {
            if (secret.hash().equals(hash)) {
                return secret.endsAt().isAfter(clock.instant()) ? SecretCheck.VALID : SecretCheck.EXPIRED;
            }
        }
        return SecretCheck.WRONG_SECRET;
    }
}
