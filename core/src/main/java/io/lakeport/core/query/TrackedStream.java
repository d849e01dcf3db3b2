package io.lakeport.core.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A result that says when it is over.
 *
 * @param result the result
 * @param over run when it was read to its end, failed or was closed; perhaps more than once
 */
record TrackedStream(ResultStream result, Runnable over) implements ResultStream {
    @Override
    public StatementId statementId() {
        return result.statementId();
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
        return result.notes();
    }

    @Override
    public Optional<ResultChunk> next() {
        Optional<ResultChunk> chunk = result.next();
        if (chunk.isEmpty()) {
            over.run();
        }
        return chunk;
    }

    @Override
    public void close() {
        result.close();
        over.run();
    }
}
