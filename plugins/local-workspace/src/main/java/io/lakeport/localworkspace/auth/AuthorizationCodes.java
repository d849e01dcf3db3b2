package io.lakeport.localworkspace.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Codes between the browser and the token endpoint. They live a minute and serve once. Thread-safe. */
final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    /** How long a replay is recognised as one. */
    private static final Duration REPLAYED = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Code> byHash = new HashMap<>();
    private final Map<String, Code> spent = new HashMap<>();

    AuthorizationCodes(Clock clock) {
        this.clock = clock;
    }

    /**
     * What a code stands for.
     *
     * @param user who signed in
     * @param clientId application that asked
     * @param redirectUrl where the browser was sent
     * @param challenge PKCE's, by S256
     * @param scopes that were given
     * @param audience of the realm where it was asked
     * @param nonce that the id token repeats, empty for none
     * @param session that will follow from it
     * @param endsAt from when on it is refused
     */
    record Code(
            Principal user,
            String clientId,
            String redirectUrl,
            String challenge,
            Set<String> scopes,
            String audience,
            String nonce,
            String session,
            Instant endsAt) {}

    Instant end() {
        return clock.instant().plus(LIFETIME);
    }

    synchronized String add(Code code) {
        Instant now = clock.instant();
        byHash.values().removeIf(old -> old.endsAt().isBefore(now));
        spent.values().removeIf(old -> old.endsAt().plus(REPLAYED).isBefore(now));
        String text = "dcod" + CredentialText.urlSafe(32);
        byHash.put(CredentialText.hash(text), code);
        return text;
    }

    /** Takes a code out; empty when it is unknown, was used or has ended. */
    synchronized Optional<Code> take(String text) {
        String hash = CredentialText.hash(text);
        Optional<Code> code = Optional.ofNullable(byHash.remove(hash));
        code.ifPresent(known -> spent.put(hash, known));
        return code.filter(known -> known.endsAt().isAfter(clock.instant()));
    }

    /** Returns the session that a code began which comes a second time. */
    synchronized Optional<String> sessionOfSpent(String text) {
        return Optional.ofNullable(spent.get(CredentialText.hash(text))).map(Code::session);
    }
}
