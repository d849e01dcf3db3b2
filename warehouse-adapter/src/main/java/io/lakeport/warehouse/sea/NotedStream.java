package io.lakeport.warehouse.sea;

import io.lakeport.core.query.ForwardingStream;
import io.lakeport.core.query.ResultStream;
import java.util.List;

/** A result that has something to say of itself. */
final class NotedStream extends ForwardingStream {
    private final List<String> notes;

    NotedStream(ResultStream result, List<String> notes) {
        super(result);
        this.notes = List.copyOf(notes);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
