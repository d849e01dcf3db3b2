package io.lakeport.core.query;

import io.lakeport.core.time.Deadline;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** A warehouse that passes every call on; who decorates one overrides what differs. As thread-safe as the warehouse. */
public abstract class ForwardingWarehouse implements Warehouse {
    private final Warehouse delegate;

    /** Creates one over {@code delegate}, which is closed with it. */
    protected ForwardingWarehouse(Warehouse delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public ResultStream execute(StatementRequest request) {
        return delegate.execute(request);
    }

    @Override
    public Optional<StatementId> find(String tag, Deadline deadline) {
        return delegate.find(tag, deadline);
    }

    @Override
    public ResultStream attach(StatementId statement, LongPredicate wanted, Deadline deadline) {
        return delegate.attach(statement, wanted, deadline);
    }

    @Override
    public void end(StatementId statement, Deadline deadline) {
        delegate.end(statement, deadline);
    }

    @Override
    public Set<WarehouseCapability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
