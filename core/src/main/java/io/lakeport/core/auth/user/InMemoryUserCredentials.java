package io.lakeport.core.auth.user;

import io.lakeport.core.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Credentials that end with the process: for tests, and for hosts whose users sign in at every start. Thread-safe. */
public final class InMemoryUserCredentials implements UserCredentials {
    /** How long a state is known to have come before. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** How many sign-ins can be under way: whoever opens start pages in a loop must not fill the memory. */
    private static final int MOST_BEGUN = 100_000;

    private final Clock clock;
    private final Map<ConnectionUser, Kept> kept = new HashMap<>();
    private final Map<ConnectionUser, Instant> claims = new HashMap<>();
    private final Map<String, Begun> begun = new HashMap<>();
    private final Map<String, Instant> spent = new HashMap<>();
    private long revision;

    /** Creates an empty one. */
    public InMemoryUserCredentials(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized Optional<Kept> find(ConnectionUser owner) {
        return Optional.ofNullable(kept.get(owner));
    }

    @Override
    public synchronized List<UserCredential> of(UserId user, Collection<TenantId> tenants) {
        Set<TenantId> asked = new HashSet<>(tenants);
        return kept.values().stream()
                .map(Kept::credential)
                .filter(credential -> credential.owner().user().equals(user)
                        && asked.contains(credential.owner().tenant()))
                .sorted(Comparator.comparing(
                        credential -> credential.owner().tenant().value()))
                .toList();
    }

    @Override
    public synchronized List<UserCredential> of(TenantId tenant) {
        return kept.values().stream()
                .map(Kept::credential)
                .filter(credential -> credential.owner().tenant().equals(tenant))
                .sorted(Comparator.comparing(
                        credential -> credential.owner().user().value()))
                .toList();
    }

    @Override
    public synchronized Optional<Long> write(UserCredential credential, long expected) {
        Kept there = kept.get(credential.owner());
        if ((there == null ? 0 : there.revision()) != expected) {
            return Optional.empty();
        }
        kept.put(credential.owner(), new Kept(credential, ++revision));
        return Optional.of(revision);
    }

    @Override
    public synchronized boolean remove(ConnectionUser owner) {
        return kept.remove(owner) != null;
    }

    @Override
    public synchronized Optional<Claim> claim(ConnectionUser owner, Duration life) {
        Instant now = clock.instant();
        Instant held = claims.get(owner);
        if (held != null && now.isBefore(held)) {
            return Optional.empty();
        }
        Instant end = now.plus(life);
        claims.put(owner, end);
        return Optional.of(() -> release(owner, end));
    }

    private synchronized void release(ConnectionUser owner, Instant end) {
        // Only what is still ours: it may have ended, and another may hold it now.
        claims.remove(owner, end);
    }

    @Override
    public synchronized long forget(TenantId tenant) {
        long before = kept.size() + (long) begun.size();
        kept.keySet().removeIf(owner -> owner.tenant().equals(tenant));
        claims.keySet().removeIf(owner -> owner.tenant().equals(tenant));
        begun.values().removeIf(one -> one.owner().tenant().equals(tenant));
        return before - kept.size() - begun.size();
    }

    @Override
    public synchronized void begin(Begun one) {
        Instant now = clock.instant();
        begun.values().removeIf(old -> old.endsAt().plus(REMEMBERED).isBefore(now));
        spent.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        if (begun.size() >= MOST_BEGUN) {
            begun.values().stream()
                    .min(Comparator.comparing(Begun::endsAt))
                    .map(Begun::stateHash)
                    .ifPresent(begun::remove);
        }
        begun.put(one.stateHash(), one);
    }

    @Override
    public synchronized Returned take(String stateHash) {
        Begun one = begun.remove(stateHash);
        if (one != null) {
            spent.put(stateHash, clock.instant());
            return new Returned(Coming.FIRST, Optional.of(one));
        }
        return new Returned(spent.containsKey(stateHash) ? Coming.AGAIN : Coming.UNKNOWN, Optional.empty());
    }
}
