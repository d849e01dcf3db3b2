package io.lakeport.app.wiring;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token while it lives, for an account's API: the cache of all tenants has one place for each tenant, which
 * its workspace's token has. Thread-safe; whoever comes while a token is fetched waits for it.
 */
final class KeptToken implements TokenSource {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final TokenSource origin;
    private final Clock clock;
    private @Nullable AccessToken kept;

    KeptToken(TokenSource origin, Clock clock) {
        this.origin = origin;
        this.clock = clock;
    }

    @Override
    public synchronized AccessToken token(Deadline deadline) {
        AccessToken now = kept;
        boolean lives = now != null
                && now.expiresAt()
                        .map(end -> clock.instant().plus(MARGIN).isBefore(end))
                        .orElse(true);
        if (now != null && lives) {
            return now;
        }
        AccessToken fetched = origin.token(deadline);
        kept = fetched;
        return fetched;
    }

    @Override
    public synchronized void reject(AccessToken refused) {
        if (kept != null && kept.value().sameValueAs(refused.value())) {
            kept = null;
        }
        origin.reject(refused);
    }
}
