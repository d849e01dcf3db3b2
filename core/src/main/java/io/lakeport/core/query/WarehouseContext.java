package io.lakeport.core.query;

import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * What a warehouse adapter may use.
 *
 * @param tenant whose statements it runs
 * @param warehouse id of the compute, one of the tenant's
 * @param tokens gives the token for each call
 * @param budget ceiling of the bytes in flight of all its statements together
 * @param guard around every exchange
 * @param clock for link expiry and times in errors
 * @param lookup how long a statement whose answer was lost is looked for; positive
 */
public record WarehouseContext(
        Tenant tenant,
        WarehouseId warehouse,
        TokenSource tokens,
        MemoryBudget budget,
        Guard guard,
        Clock clock,
        Duration lookup) {
    /** The query history shows a statement within seconds, as a rule. */
    public static final Duration LOOKUP = Duration.ofSeconds(30);

    public WarehouseContext {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(clock, "clock");
        if (lookup.isNegative() || lookup.isZero()) {
            throw new IllegalArgumentException("a lost statement cannot be looked for during " + lookup);
        }
    }

    /** Creates a context in which a lost statement is looked for during {@link #LOOKUP}. */
    public WarehouseContext(
            Tenant tenant, WarehouseId warehouse, TokenSource tokens, MemoryBudget budget, Guard guard, Clock clock) {
        this(tenant, warehouse, tokens, budget, guard, clock, LOOKUP);
    }
}
