package io.lakeport.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The right of one owner to do something alone, for a time. Owners can stop without noticing that the time has passed:
 * what they write must be held against the {@code token}, in this store by {@link Batch.Builder#require(Lease)}.
 *
 * @param name what is leased, within its space
 * @param owner who holds it, for people: host, process, thread
 * @param token larger than that of every earlier lease of this name, whoever held it
 * @param ttl how long it is held after it was taken or renewed; positive
 * @param expires when it ends unless it is renewed, by the store's clock
 */
public record Lease(String name, String owner, long token, Duration ttl, Instant expires) {
    public Lease {
        requireName(name);
        requireOwner(owner);
        requireTtl(ttl);
        Objects.requireNonNull(expires, "expires");
    }

    /** Returns the name, when it can be one. */
    public static String requireName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a lease has an empty name; name what is leased");
        }
        return DocumentKey.requireText("lease name", name);
    }

    /** Returns the owner, when it can be one. */
    public static String requireOwner(String owner) {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("a lease has no owner; name host and process");
        }
        return DocumentKey.requireText("lease owner", owner);
    }

    /** Returns the time for which a lease is held, when it can be one: 1 ms to 1 day. */
    public static Duration requireTtl(Duration ttl) {
        if (ttl.toMillis() < 1 || ttl.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a lease is held for 1 ms to 1 day, not " + ttl + "; renew it instead");
        }
        return ttl;
    }
}
