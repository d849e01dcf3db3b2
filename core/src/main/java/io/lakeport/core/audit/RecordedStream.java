package io.lakeport.core.audit;

import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ForwardingStream;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what reaches the reader and tells the entry how the statement ended. */
final class RecordedStream extends ForwardingStream {
    private final EntryWriter entry;
    private final Consumer<RecordedStream> forget;

    // Atomic: close() may come from another thread than next().
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    RecordedStream(ResultStream delegate, EntryWriter entry, Consumer<RecordedStream> forget) {
        super(delegate);
        this.entry = entry;
        this.forget = forget;
    }

    @Override
    public Optional<ResultChunk> next() {
        Optional<ResultChunk> chunk;
        try {
            chunk = super.next();
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
        if (chunk.isEmpty()) {
            ended(Outcome.SUCCEEDED);
        } else {
            rows.addAndGet(chunk.get().rowCount());
            bytes.addAndGet(chunk.get().data().remaining());
        }
        return chunk;
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
        ended(isComplete() ? Outcome.SUCCEEDED : Outcome.ABANDONED);
    }

    /** A statement without columns has nothing to read; one whose rows have all come need not be asked for the end. */
    private boolean isComplete() {
        OptionalLong total = totalRows();
        return schema().size() == 0 || (total.isPresent() && rows.get() >= total.getAsLong());
    }

    void warehouseClosed() {
        ended(isComplete() ? Outcome.SUCCEEDED : Outcome.ABANDONED);
    }

    private void ended(Outcome outcome) {
        entry.ended(statementId().value(), rows.get(), bytes.get(), outcome);
        forget.accept(this);
    }

    private void failed(Throwable failure) {
        LakeportException known = failure instanceof LakeportException lakeport
                ? lakeport
                : new LakeportException(CoreError.INTERNAL, "unexpected", failure);
        entry.failed(Optional.of(statementId().value()), rows.get(), bytes.get(), known);
        forget.accept(this);
    }
}
