package io.lakeport.localworkspace.auth;

import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Personal access tokens, by hash only. Thread-safe. */
public final class PersonalTokens {
    private final StoredObjects stored;
    private final Clock clock;
    private final Map<String, PersonalToken> byHash = new ConcurrentHashMap<>();

    PersonalTokens(StateFiles state, Clock clock) {
        this.stored = new StoredObjects(state, "personal-tokens");
        this.clock = clock;
        stored.all().stream().map(PersonalToken::read).forEach(token -> byHash.put(token.hash(), token));
    }

    /**
     * A token at the only moment when its text is known.
     *
     * @param info what is kept of it
     * @param text the token itself
     */
    public record Created(PersonalToken info, Secret text) {}

    /**
     * Creates a token, {@code dapi} and 32 hexadecimal digits.
     *
     * @param lifetime how long it lives, empty for ever; a zero or negative lifetime has ended already
     */
    public Created add(long ownerId, long creatorId, String comment, Optional<Duration> lifetime) {
        return add(ownerId, creatorId, comment, lifetime, List.of(), false);
    }

    /**
     * Creates a token that opens some APIs only.
     *
     * @param scopes names of the scopes; empty for all
     * @throws ApiException INVALID_PARAMETER_VALUE when a scope does not exist
     */
    public Created add(long ownerId, long creatorId, String comment, Optional<Duration> lifetime, List<String> scopes) {
        scopes.forEach(scope -> {
            if (!Scopes.supported().contains(scope)) {
                throw ApiException.invalid("The scope '" + scope + "' is not supported.");
            }
        });
        return add(ownerId, creatorId, comment, lifetime, scopes, false);
    }

    /** Replaces what is kept of a token. */
    public synchronized void update(PersonalToken token) {
        put(token);
    }

    synchronized Created add(
            long ownerId,
            long creatorId,
            String comment,
            Optional<Duration> lifetime,
            List<String> scopes,
            boolean startup) {
        String text = "dapi" + CredentialText.hex(16);
        Instant now = clock.instant();
        PersonalToken token = new PersonalToken(
                CredentialText.hex(32),
                ownerId,
                creatorId,
                CredentialText.hash(text),
                comment,
                now,
                lifetime.map(now::plus),
                scopes,
                startup);
        put(token);
        return new Created(token, Secret.of(text));
    }

    private void put(PersonalToken token) {
        stored.put(token.id(), token.toJson());
        byHash.put(token.hash(), token);
    }

    /** Returns every token, oldest first. */
    public List<PersonalToken> all() {
        return byHash.values().stream()
                .sorted(Comparator.comparing(PersonalToken::createdAt).thenComparing(PersonalToken::id))
                .toList();
    }

    /** Returns a token by its id. */
    public Optional<PersonalToken> find(String id) {
        return all().stream().filter(token -> token.id().equals(id)).findFirst();
    }

    /** Deletes a token; whoever uses it is refused from now on. */
    public synchronized void remove(PersonalToken token) {
        stored.remove(token.id());
        byHash.remove(token.hash());
    }

    /** Returns the valid token of this text. */
    Optional<PersonalToken> check(String text) {
        return Optional.ofNullable(byHash.get(CredentialText.hash(text)))
                .filter(token -> token.isValidAt(clock.instant()));
    }

    Optional<PersonalToken> known(String text) {
        return Optional.ofNullable(byHash.get(CredentialText.hash(text)));
    }

    synchronized void endAll(long ownerId) {
        Instant now = clock.instant();
        all().stream().filter(token -> token.ownerId() == ownerId).forEach(token -> put(token.endingAt(now)));
    }

    synchronized void removeAll(long ownerId) {
        all().stream().filter(token -> token.ownerId() == ownerId).forEach(this::remove);
    }

    /** Deletes what earlier starts left, but for the newest, which a client may still be configured with. */
    synchronized void forgetOldStarts(long ownerId) {
        List<PersonalToken> old = all().stream()
                .filter(token -> token.startup() && token.ownerId() == ownerId)
                .toList();
        old.stream().limit(Math.max(0, old.size() - 1)).forEach(this::remove);
    }
}
