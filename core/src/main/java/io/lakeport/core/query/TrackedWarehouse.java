package io.lakeport.core.query;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Clock;
import java.util.Objects;

/**
 * A warehouse whose statements are remembered from before they are posted until they are terminal and their result is
 * read or given up, so that a {@link Reaper} can end those of a process that was killed. Thread-safe.
 */
public final class TrackedWarehouse extends ForwardingWarehouse {
    private final TenantId tenant;
    private final WarehouseId id;
    private final RunningStatements running;
    private final Clock clock;

    /** Creates one that closes {@code delegate} with itself; {@code running} is not closed here. */
    public TrackedWarehouse(
            Warehouse delegate, TenantId tenant, WarehouseId id, RunningStatements running, Clock clock) {
        super(delegate);
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.id = Objects.requireNonNull(id, "id");
        this.running = Objects.requireNonNull(running, "running");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        running.begin(new RunningStatement(request.tag(), tenant, id, request.purpose(), clock.instant()));
        try {
            return new TrackedStream(super.execute(request), () -> running.end(request.tag()));
        } catch (LakeportException e) {
            if (!mayRun(e)) {
                running.end(request.tag());
            }
            throw e;
        }
    }

    /** A statement whose end nobody confirmed stays remembered for whoever comes after this process. */
    private static boolean mayRun(LakeportException e) {
        return e.category() == ErrorCategory.OUTCOME_UNKNOWN
                || "not confirmed".equals(e.context().get("ended_on_server"));
    }
}
