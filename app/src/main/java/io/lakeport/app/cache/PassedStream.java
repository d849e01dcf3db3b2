package io.lakeport.app.cache;

import io.lakeport.core.query.ForwardingStream;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A result that is not kept: first the rows that were collected before that was known, then the rest as it comes. It
 * says why.
 */
final class PassedStream extends ForwardingStream {
    private final Optional<KeptRows> collected;
    private final Optional<ResultChunk> following;
    private final String why;
    private final AtomicBoolean released = new AtomicBoolean();
    private boolean followed;
    private int next;

    /** Creates one that holds {@code collected} and {@code following}, the chunk behind it, in its maker's place. */
    PassedStream(ResultStream rest, Optional<KeptRows> collected, Optional<ResultChunk> following, String why) {
        super(rest);
        this.collected = collected;
        this.following = following;
        this.why = why;
    }

    static PassedStream of(ResultStream whole, String why) {
        return new PassedStream(whole, Optional.empty(), Optional.empty(), why);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(super.notes());
        notes.add("not cached: " + why);
        return List.copyOf(notes);
    }

    @Override
    public Optional<ResultChunk> next() {
        if (collected.isPresent() && next < collected.get().size() && !released.get()) {
            return Optional.of(collected.get().chunk(next++));
        }
        release();
        if (following.isPresent() && !followed) {
            followed = true;
            return following;
        }
        return super.next();
    }

    private void release() {
        if (collected.isPresent() && released.compareAndSet(false, true)) {
            collected.get().release();
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            release();
            // Whoever got the chunk closes it as well, which does nothing then.
            if (!followed) {
                following.ifPresent(ResultChunk::close);
            }
        }
    }
}
