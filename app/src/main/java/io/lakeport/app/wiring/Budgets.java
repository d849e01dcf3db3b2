package io.lakeport.app.wiring;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenancy.TenancyError;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantBudget;
import io.lakeport.core.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts what tenants use of their budgets, in this process. Nothing is kept of a tenant without limits. Thread-safe. */
public final class Budgets {
    private final Clock clock;
    private final Map<TenantId, Spent> spent = new ConcurrentHashMap<>();

    Budgets(Clock clock) {
        this.clock = clock;
    }

    /** What one statement uses. Thread-safe; {@link #close()} is idempotent. */
    interface Spending extends AutoCloseable {
        /** Spending that nobody counts. */
        Spending FREE = new Spending() {
            @Override
            public void read(long rows, long bytes) {
                // No limit holds.
            }

            @Override
            public void close() {
                // Nothing was begun.
            }
        };

        /**
         * Counts a chunk that was read.
         *
         * @throws LakeportException RESOURCE_EXHAUSTED when it goes beyond the budget
         */
        void read(long rows, long bytes);

        @Override
        void close();
    }

    /**
     * Counts a statement that begins.
     *
     * @throws LakeportException RESOURCE_EXHAUSTED (BUDGET_EXHAUSTED), saying when there is room again, when it would go
     *     beyond the tenant's budget
     */
    Spending begin(Tenant tenant) {
        TenantBudget budget = tenant.policy().budget();
        if (!budget.isLimited()) {
            return Spending.FREE;
        }
        Spent account = spent.computeIfAbsent(tenant.id(), id -> new Spent());
        account.begin(tenant, clock.instant());
        return new Counted(tenant, account);
    }

    /** Returns how much of its budget a tenant has used. */
    public Use use(Tenant tenant) {
        Spent account = spent.get(tenant.id());
        return account == null
                ? new Use(0, 0, 0, 0)
                : account.use(tenant.policy().budget(), clock.instant());
    }

    /**
     * What a tenant has used.
     *
     * @param running statements that run now
     * @param statements begun within the window
     * @param rows read within the window
     * @param bytes read within the window
     */
    public record Use(int running, long statements, long rows, long bytes) {}

    void forget(TenantId id) {
        spent.remove(id);
    }

    private final class Counted implements Spending {
        private final Tenant tenant;
        private final Spent account;
        private final AtomicBoolean over = new AtomicBoolean();

        Counted(Tenant tenant, Spent account) {
            this.tenant = tenant;
            this.account = account;
        }

        @Override
        public void read(long rows, long bytes) {
            account.read(tenant, rows, bytes, clock.instant());
        }

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                account.end();
            }
        }
    }

    /** An account: a window in slots, each of which is forgotten as a whole. */
    private static final class Spent {
        private static final int SLOTS = 60;

        private final long[] numbers = new long[SLOTS];
        private final long[] statements = new long[SLOTS];
        private final long[] rows = new long[SLOTS];
        private final long[] bytes = new long[SLOTS];
        private int running;

        synchronized void begin(Tenant tenant, Instant now) {
            TenantBudget budget = tenant.policy().budget();
            if (running >= budget.concurrent().orElse(Integer.MAX_VALUE)) {
                throw exhausted(
                        tenant,
                        "runs " + running + " statements, as many as its budget allows at once; wait until one ends,"
                                + " or raise budget.concurrent");
            }
            int slot = slot(budget, now);
            require(tenant, "statements", statements, budget.statements().orElse(Long.MAX_VALUE), 1, now);
            require(tenant, "rows", rows, budget.rows().orElse(Long.MAX_VALUE), 1, now);
            require(tenant, "bytes", bytes, budget.bytes().orElse(Long.MAX_VALUE), 1, now);
            statements[slot]++;
            running++;
        }

        synchronized void read(Tenant tenant, long moreRows, long moreBytes, Instant now) {
            TenantBudget budget = tenant.policy().budget();
            int slot = slot(budget, now);
            rows[slot] += moreRows;
            bytes[slot] += moreBytes;
            require(tenant, "rows", rows, budget.rows().orElse(Long.MAX_VALUE), 0, now);
            require(tenant, "bytes", bytes, budget.bytes().orElse(Long.MAX_VALUE), 0, now);
        }

        synchronized void end() {
            running--;
        }

        synchronized Use use(TenantBudget budget, Instant now) {
            int unused = slot(budget, now);
            return new Use(running, sum(statements), sum(rows), sum(bytes));
        }

        private static long slotMillis(TenantBudget budget) {
            return budget.window().toMillis() / SLOTS;
        }

        /** Returns the slot of now, and forgets those that fell out of the window. */
        private int slot(TenantBudget budget, Instant now) {
            long number = now.toEpochMilli() / slotMillis(budget);
            for (int i = 0; i < SLOTS; i++) {
                if (numbers[i] <= number - SLOTS || numbers[i] > number) {
                    statements[i] = 0;
                    rows[i] = 0;
                    bytes[i] = 0;
                }
            }
            int slot = (int) Math.floorMod(number, (long) SLOTS);
            numbers[slot] = number;
            return slot;
        }

        private static long sum(long[] slots) {
            long sum = 0;
            for (long slot : slots) {
                sum += slot;
            }
            return sum;
        }

        private void require(Tenant tenant, String what, long[] slots, long limit, long more, Instant now) {
            long used = sum(slots);
            if (used + more <= limit) {
                return;
            }
            Instant free = freeAt(tenant.policy().budget(), slots, used, limit);
            LakeportException refused = exhausted(
                    tenant,
                    "has used " + used + " " + what + " within "
                            + tenant.policy().budget().window()
                            + ", and its budget is " + limit + "; there is room again at "
                            + free.truncatedTo(ChronoUnit.SECONDS) + ", or raise budget." + what);
            Duration wait = Duration.between(now, free);
            throw wait.isNegative() ? refused : refused.withRetryAfter(wait);
        }

        /** The oldest slots go first; there is room once what is left is below the limit. */
        private Instant freeAt(TenantBudget budget, long[] slots, long used, long limit) {
            long[] order = numbers.clone();
            java.util.Arrays.sort(order);
            long left = used;
            for (long number : order) {
                left -= slots[(int) Math.floorMod(number, (long) SLOTS)];
                if (left < limit) {
                    return Instant.ofEpochMilli((number + SLOTS) * slotMillis(budget));
                }
            }
            return Instant.ofEpochMilli((order[SLOTS - 1] + SLOTS) * slotMillis(budget));
        }

        private static LakeportException exhausted(Tenant tenant, String why) {
            return new LakeportException(TenancyError.BUDGET_EXHAUSTED, "tenant '" + tenant.id() + "' " + why)
                    .with("tenant", tenant.id().value());
        }
    }
}
