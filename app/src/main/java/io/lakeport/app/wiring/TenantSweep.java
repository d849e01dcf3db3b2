package io.lakeport.app.wiring;

import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.TenantRetention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Removes what the retention of tenants no longer keeps. Idempotent; several hosts may sweep at once. Thread-safe. */
public final class TenantSweep {
    private final SharedParts shared;

    /** Creates it over the shared parts of a process. */
    public TenantSweep(SharedParts shared) {
        this.shared = shared;
    }

    /**
     * What was removed of a tenant.
     *
     * @param tenant whose
     * @param what for people, for example {@code ledger entries}
     * @param count how many; positive
     * @param before all were older than this
     */
    public record Swept(TenantId tenant, String what, long count, Instant before) {}

    /** Removes what is too old, of all active tenants. */
    public List<Swept> run() {
        List<Swept> swept = new ArrayList<>();
        Instant now = shared.clock().instant();
        for (Tenant tenant : shared.directory().active()) {
            TenantRetention retention = tenant.policy().retention();
            remove(
                    swept,
                    tenant,
                    "ledger entries",
                    now,
                    retention.ledger(),
                    before -> shared.ledger().remove(tenant.id(), before));
            if (shared.config().vault().isPresent()) {
                remove(
                        swept,
                        tenant,
                        "receipts of destroyed secrets",
                        now,
                        retention.receipts(),
                        before -> shared.state().vault().forgetReceipts(tenant.id(), before));
            }
        }
        return List.copyOf(swept);
    }

    private static void remove(
            List<Swept> swept,
            Tenant tenant,
            String what,
            Instant now,
            Optional<Duration> kept,
            ToLongFunction<Instant> removal) {
        kept.ifPresent(time -> {
            Instant before = now.minus(time);
            long count = removal.applyAsLong(before);
            if (count > 0) {
                swept.add(new Swept(tenant.id(), what, count, before));
            }
        });
    }
}
