package io.lakeport.core.tenant;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long what Lakeport keeps of a tenant is kept; the sweep removes what is older. Times are positive.
 *
 * @param ledger entries of the statement ledger; empty for as long as the tenant lives
 * @param receipts receipts of destroyed secrets; empty for as long as the tenant lives
 */
public record TenantRetention(Optional<Duration> ledger, Optional<Duration> receipts) {
    /** Everything is kept. */
    public static final TenantRetention FOREVER = new TenantRetention(Optional.empty(), Optional.empty());

    public TenantRetention {
        requirePositive(Objects.requireNonNull(ledger, "ledger"));
        requirePositive(Objects.requireNonNull(receipts, "receipts"));
    }

    private static void requirePositive(Optional<Duration> time) {
        if (time.isPresent() && (time.get().isZero() || time.get().isNegative())) {
            throw new IllegalArgumentException("a retention of " + time.get() + " is not positive");
        }
    }
}
