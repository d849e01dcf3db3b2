package io.lakeport.auth.cache;

import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.auth.TokenCacheProvider;
import java.time.Clock;

/** Makes token caches on Caffeine. */
public final class CaffeineTokenCacheProvider implements TokenCacheProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public CaffeineTokenCacheProvider() {}

    @Override
    public String name() {
        return "caffeine";
    }

    @Override
    public TokenCache open(Clock clock) {
        return new CaffeineTokenCache(clock);
    }
}
