package io.lakeport.app.cache;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** A result read from memory. It holds the rows, which its maker held for it, until it is closed. */
final class CachedStream implements ResultStream {
    private final CachedResult result;
    private final List<String> notes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private int next;

    CachedStream(CachedResult result, Optional<String> note) {
        this.result = result;
        List<String> all = new ArrayList<>(result.notes());
        note.ifPresent(all::add);
        this.notes = List.copyOf(all);
    }

    @Override
    public StatementId statementId() {
        return result.statement();
    }

    @Override
    public ResultSchema schema() {
        return result.schema();
    }

    @Override
    public OptionalLong totalRows() {
        return result.totalRows();
    }

    @Override
    public boolean truncated() {
        return result.truncated();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public Optional<ResultChunk> next() {
        if (closed.get()) {
            throw new IllegalStateException("the result was closed; read it before closing");
        }
        return next < result.rows().size() ? Optional.of(result.rows().chunk(next++)) : Optional.empty();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            result.rows().release();
        }
    }
}
