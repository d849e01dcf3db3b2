package io.lakeport.auth.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    @Tag("AK-23")
    void expireAfterUpdate_clockHasMovedOnSinceTheCacheReadIt_lifeIsCountedFromTheCachesOwnReading() {
        Instant later = START.plus(Duration.ofMinutes(39));
        TokenLife life = new TokenLife(Clock.fixed(later, ZoneOffset.UTC));
        AccessToken token = new AccessToken(Secret.of("t"), START, Optional.of(START.plus(Duration.ofHours(1))));

        long left = life.expireAfterUpdate(
                TenantId.of("acme"), CompletableFuture.completedFuture(token), TokenLife.ticks(START), 0);

        assertThat(Duration.ofNanos(left)).isEqualTo(Duration.ofMinutes(60).minusSeconds(40));
    }
}
