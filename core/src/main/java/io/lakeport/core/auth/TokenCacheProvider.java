package io.lakeport.core.auth;

import java.time.Clock;

/** SPI: makes the token cache. Found by {@link java.util.ServiceLoader}; thread-safe and stateless. */
public interface TokenCacheProvider {
    /** Returns a name for reports, for example {@code caffeine}. */
    String name();

    /** Makes an empty cache that tells time by {@code clock}. */
    TokenCache open(Clock clock);
}
