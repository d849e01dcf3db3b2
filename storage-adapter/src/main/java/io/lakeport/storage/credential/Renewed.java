package io.lakeport.storage.credential;

import io.lakeport.core.error.LakeportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential that ends, and that is fetched anew before it does. Thread-safe; while one thread fetches, others wait.
 *
 * @param <T> kind of credential
 */
public final class Renewed<T> {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration FRESH = Duration.ofSeconds(30);

    /**
     * A credential and its end.
     *
     * @param value the credential
     * @param end after which it is refused
     * @param <T> kind of credential
     */
    public record Lease<T>(T value, Instant end) {
        public Lease {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(end, "end");
        }
    }

    private final Supplier<Lease<T>> source;
    private final Clock clock;
    private @Nullable Lease<T> lease;
    private Instant renewAt = Instant.MIN;
    private Instant fetchedAt = Instant.MIN;

    /** Renews from the source, which is asked first when a credential is needed. */
    public Renewed(Supplier<Lease<T>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Returns a credential that is good now. When renewing ahead of time fails, the old one serves until its end.
     *
     * @throws LakeportException as the source throws it
     */
    public synchronized T get() {
        Lease<T> current = lease;
        Instant now = clock.instant();
        if (current != null && now.isBefore(renewAt)) {
            return current.value();
        }
        try {
            return fetch(now).value();
        } catch (LakeportException e) {
            if (current != null && now.isBefore(current.end())) {
                return current.value();
            }
            throw e;
        }
    }

    private Lease<T> fetch(Instant now) {
        Lease<T> fresh = source.get();
        Duration life = Duration.between(now, fresh.end());
        Duration ahead = life.dividedBy(4).compareTo(AHEAD) < 0 ? life.dividedBy(4) : AHEAD;
        lease = fresh;
        renewAt = fresh.end().minus(ahead);
        fetchedAt = now;
        return fresh;
    }

    /**
     * Takes note that the credential was refused.
     *
     * @return whether another try with a new one makes sense, which it does not when this one is new itself
     */
    public synchronized boolean refused(T value) {
        if (lease != null && lease.value() != value) {
            return true;
        }
        boolean old = clock.instant().isAfter(fetchedAt.plus(FRESH));
        if (old) {
            lease = null;
        }
        return old;
    }
}
