package io.lakeport.core.query;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A result that passes every call on; who decorates one overrides what differs. As thread-safe as the result. */
public abstract class ForwardingStream implements ResultStream {
    private final ResultStream delegate;

    /** Creates one over {@code delegate}, which is closed with it. */
    protected ForwardingStream(ResultStream delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public StatementId statementId() {
        return delegate.statementId();
    }

    @Override
    public ResultSchema schema() {
        return delegate.schema();
    }

    @Override
    public OptionalLong totalRows() {
        return delegate.totalRows();
    }

    @Override
    public boolean truncated() {
        return delegate.truncated();
    }

    @Override
    public List<String> notes() {
        return delegate.notes();
    }

    @Override
    public Optional<ResultChunk> next() {
        return delegate.next();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
