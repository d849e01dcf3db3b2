package io.lakeport.warehouse.sea;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A result that has something to say of itself. */
record NotedStream(ResultStream result, List<String> notes) implements ResultStream {
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
    public Optional<ResultChunk> next() {
        return result.next();
    }

    @Override
    public void close() {
        result.close();
    }
}
