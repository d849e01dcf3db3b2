package io.lakeport.localworkspace.auth;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The access tokens that are out. The key that signs them lives as long as the process, and so does this list; what is
 * taken from it is revoked. Thread-safe.
 */
final class IssuedTokens {
    private static final int SWEEP = 1000;

    private final Map<String, Issued> byId = new ConcurrentHashMap<>();

    record Issued(long principalId, String session, Instant endsAt) {}

    void add(String id, Issued issued, Instant now) {
        if (byId.size() % SWEEP == SWEEP - 1) {
            byId.values().removeIf(token -> token.endsAt().isBefore(now));
        }
        byId.put(id, issued);
    }

    boolean isOut(String id) {
        return byId.containsKey(id);
    }

    void revoke(String id) {
        byId.remove(id);
    }

    void revokeIf(Predicate<Issued> which) {
        byId.values().removeIf(which);
    }
}
