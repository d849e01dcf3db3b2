package io.lakeport.core.query;

import java.util.Optional;

/** A result that runs something when it was read to its end, failed or was closed; perhaps more than once. */
final class TrackedStream extends ForwardingStream {
    private final Runnable over;

    TrackedStream(ResultStream result, Runnable over) {
        super(result);
        this.over = over;
    }

    @Override
    public Optional<ResultChunk> next() {
        Optional<ResultChunk> chunk = super.next();
        if (chunk.isEmpty()) {
            over.run();
        }
        return chunk;
    }

    @Override
    public void close() {
        super.close();
        over.run();
    }
}
