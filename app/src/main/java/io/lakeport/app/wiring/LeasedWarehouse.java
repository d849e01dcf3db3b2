package io.lakeport.app.wiring;

import io.lakeport.app.scope.StatementScope;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ForwardingStream;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * A tenant's warehouse that can be held for as long as one likes: the connections beneath are opened when a call needs
 * them and kept while one uses them. Each statement passes the tenant's state, scope and budget before anything is sent,
 * whatever the credential could do. Thread-safe.
 */
final class LeasedWarehouse implements Warehouse {
    private final TenantPorts ports;
    private final WarehouseId id;
    private final boolean scoped;

    /**
     * @param scoped false for Lakeport's own statements, which read system tables: those are in no tenant's scope
     */
    LeasedWarehouse(TenantPorts ports, WarehouseId id, boolean scoped) {
        this.ports = ports;
        this.id = id;
        this.scoped = scoped;
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        LeasedUse use = ports.enter(id, request.tag());
        Budgets.Spending spending = null;
        boolean open = false;
        try {
            if (scoped) {
                new StatementScope(use.parts().tenant()).check(request);
                spending = ports.shared().budgets().begin(use.parts().tenant());
            }
            Budgets.Spending spent = spending == null ? Budgets.Spending.FREE : spending;
            ResultStream stream = use.parts().recorded(id).execute(request);
            use.opened(stream);
            ResultStream leased = new Leased(stream, use, spent);
            open = true;
            return leased;
        } catch (RuntimeException e) {
            throw why(use, e);
        } finally {
            if (!open) {
                if (spending != null) {
                    spending.close();
                }
                use.exit();
            }
        }
    }

    /** A call that was ended because the tenant was suspended says so, and not how it was ended. */
    private RuntimeException why(LeasedUse use, RuntimeException failure) {
        if (use.parts().isRetired()) {
            try {
                TenantDirectory.Known unused =
                        ports.shared().directory().require(ports.id().value());
            } catch (LakeportException suspended) {
                suspended.addSuppressed(failure);
                return suspended;
            }
        }
        return failure;
    }

    @Override
    public Optional<StatementId> find(String tag, Deadline deadline) {
        return during(warehouse -> warehouse.find(tag, deadline));
    }

    @Override
    public ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        LeasedUse use = ports.enter(id, "");
        boolean open = false;
        try {
            ResultStream stream = use.parts().recorded(id).attach(statement, wanted, deadline);
            use.opened(stream);
            open = true;
            return new Leased(stream, use, Budgets.Spending.FREE);
        } finally {
            if (!open) {
                use.exit();
            }
        }
    }

    @Override
    public void end(StatementId statement, Deadline deadline) {
        boolean unused = during(warehouse -> {
            warehouse.end(statement, deadline);
            return true;
        });
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return during(Warehouse::capabilities);
    }

    private <T> T during(Function<Warehouse, T> call) {
        LeasedUse use = ports.enter(id, "");
        try {
            return call.apply(use.parts().recorded(id));
        } finally {
            use.exit();
        }
    }

    /** Does nothing: what it opened is closed when it rests. */
    @Override
    public void close() {}

    /** A result that counts against the tenant's budget, and ends with the tenant. */
    private final class Leased extends ForwardingStream {
        private final LeasedUse use;
        private final Budgets.Spending spending;

        Leased(ResultStream result, LeasedUse use, Budgets.Spending spending) {
            super(result);
            this.use = use;
            this.spending = spending;
        }

        @Override
        public Optional<ResultChunk> next() {
            if (!use.parts().isRetired()) {
                requireActive();
            }
            try {
                Optional<ResultChunk> chunk = super.next();
                if (chunk.isPresent()) {
                    spend(chunk.get());
                }
                return chunk;
            } catch (RuntimeException e) {
                throw why(use, e);
            }
        }

        /** What goes beyond the budget is not handed out. */
        private void spend(ResultChunk chunk) {
            try {
                spending.read(chunk.rowCount(), chunk.data().remaining());
            } catch (LakeportException e) {
                chunk.close();
                throw e;
            }
        }

        /** Another process may have suspended the tenant: its statement ends here, where it runs. */
        private void requireActive() {
            try {
                TenantDirectory.Known unused =
                        ports.shared().directory().require(ports.id().value());
            } catch (LakeportException e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            try {
                super.close();
            } finally {
                spending.close();
                use.exit();
            }
        }
    }
}
