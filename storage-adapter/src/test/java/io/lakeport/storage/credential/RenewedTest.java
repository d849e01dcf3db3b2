package io.lakeport.storage.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RenewedTest {
    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private int fetched;
    private boolean broken;

    private final Renewed<String> credentials = new Renewed<>(
            () -> {
                if (broken) {
                    throw new LakeportException(CoreError.HOST_UNREACHABLE, "down");
                }
                return new Renewed.Lease<>("credential " + ++fetched, now.plus(Duration.ofHours(1)));
            },
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void get_beforeTheEndIsNear_givesTheSame_andThenTheNext() {
        assertThat(credentials.get()).isEqualTo("credential 1");
        pass(Duration.ofMinutes(54));
        assertThat(credentials.get()).isEqualTo("credential 1");
        pass(Duration.ofMinutes(1));
        assertThat(credentials.get()).isEqualTo("credential 2");
    }

    @Test
    void get_whenRenewingFails_givesTheOldOneUntilItsEnd() {
        credentials.get();
        broken = true;
        pass(Duration.ofMinutes(59));
        assertThat(credentials.get()).isEqualTo("credential 1");
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(credentials::get).hasMessage("down");
    }

    @Test
    void refused_makesANewOneUnlessItIsNewItself() {
        String first = credentials.get();
        assertThat(credentials.refused(first)).isFalse();
        pass(Duration.ofMinutes(10));
        assertThat(credentials.refused(first)).isTrue();
        String second = credentials.get();
        assertThat(second).isEqualTo("credential 2");
        assertThat(credentials.refused(first))
                .as("an old one, refused to another thread")
                .isTrue();
        assertThat(credentials.get()).isEqualTo(second);
    }
}
