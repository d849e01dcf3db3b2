package io.lakeport.core.rotation;

import io.lakeport.core.oauthsecret.OAuthSecrets;
import java.time.Duration;
import java.time.Instant;

/**
 * When and how secrets are rotated.
 *
 * @param lifetime what is asked of Databricks for a new secret, less a part of a day by which it is known again; 2 to
 *     730 days
 * @param ahead how long before its end a secret is rotated; never more than a third of its life
 * @param overlap how long the old secret stays after the switch, for hosts that are just signing in with it; 0 or more
 * @param settle how long a new secret may be refused at first, until all of Databricks knows it; 0 or more
 * @param lease how long a host that died keeps others from going on; positive
 * @param adopt whether a secret that Lakeport did not create may be deleted when its successor works
 */
public record RotationPolicy(
        Duration lifetime, Duration ahead, Duration overlap, Duration settle, Duration lease, boolean adopt) {
    /** How many parts a life has, of which the last one at most is time to rotate in. */
    private static final int PARTS = 3;

    public RotationPolicy {
        OAuthSecrets.requireLifetime(lifetime);
        if (lifetime.compareTo(Duration.ofDays(2)) < 0) {
            throw new IllegalArgumentException("a secret that is rotated lives for 2 days at least, not " + lifetime);
        }
        if (ahead.isNegative() || overlap.isNegative() || settle.isNegative()) {
            throw new IllegalArgumentException("'ahead', 'overlap' and 'settle' must not be negative");
        }
        if (lease.isZero() || lease.isNegative()) {
            throw new IllegalArgumentException("'lease' must be positive");
        }
    }

    /**
     * Returns the policy that suits most: secrets of 180 days, replaced in their last 30, with an overlap of two hours,
     * which is longer than any token lives that was obtained with the old one.
     */
    public static RotationPolicy standard() {
        return new RotationPolicy(
                Duration.ofDays(180),
                Duration.ofDays(30),
                Duration.ofHours(2),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                false);
    }

    /** Returns it for secrets of another life. */
    public RotationPolicy withLifetime(Duration other) {
        return new RotationPolicy(other, ahead, overlap, settle, lease, adopt);
    }

    /** Returns it with another time ahead of the end. */
    public RotationPolicy withAhead(Duration other) {
        return new RotationPolicy(lifetime, other, overlap, settle, lease, adopt);
    }

    /** Returns it with another overlap. */
    public RotationPolicy withOverlap(Duration other) {
        return new RotationPolicy(lifetime, ahead, other, settle, lease, adopt);
    }

    /** Returns it with another time for a new secret to be known. */
    public RotationPolicy withSettle(Duration other) {
        return new RotationPolicy(lifetime, ahead, overlap, other, lease, adopt);
    }

    /** Returns it with another lease. */
    public RotationPolicy withLease(Duration other) {
        return new RotationPolicy(lifetime, ahead, overlap, settle, other, adopt);
    }

    /** Returns it with other rights over secrets that Lakeport did not create. */
    public RotationPolicy withAdopt(boolean other) {
        return new RotationPolicy(lifetime, ahead, overlap, settle, lease, other);
    }

    /**
     * Returns when a secret is due: {@code ahead} of its end, and up to a quarter of that earlier, each tenant at another
     * time, so that not all of them are rotated in one night.
     */
    public Instant due(RotationSubject subject, Instant created, Instant ends) {
        Duration life = Duration.between(created, ends);
        Duration third = life.isNegative() ? Duration.ZERO : life.dividedBy(PARTS);
        Duration before = ahead.compareTo(third) < 0 ? ahead : third;
        double share = (subject.toString().hashCode() & 0xffff) / (double) 0x10000;
        return ends.minus(before).minusMillis((long) (before.toMillis() / 4.0 * share));
    }
}
