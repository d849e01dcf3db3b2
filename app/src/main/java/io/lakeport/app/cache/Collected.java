package io.lakeport.app.cache;

import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.tenant.TenantId;
import java.util.Optional;

/** A result, read into memory to its end or to where there was no more room for it. */
final class Collected {
    private final CacheKey key;
    private final TenantId tenant;
    private final ResultStore store;
    private final CacheRoom room;
    private final KeptRows rows = new KeptRows(this::giveBack);
    private long taken;
    private boolean fits;
    private Optional<ResultChunk> following = Optional.empty();

    private Collected(CacheKey key, ResultStore store, CacheRoom room) {
        this.key = key;
        this.tenant = key.tenant().id();
        this.store = store;
        this.room = room;
    }

    /** Reads a result; whatever it took is given back when that fails. */
    static Collected from(ResultStream result, CacheKey key, ResultStore store, CacheRoom room) {
        Collected collected = new Collected(key, store, room);
        try {
            collected.fill(result);
            return collected;
        } catch (RuntimeException | Error e) {
            collected.rows.release();
            throw e;
        }
    }

    private void fill(ResultStream result) {
        fits = take(key.weight());
        Optional<ResultChunk> next = result.next();
        while (next.isPresent()) {
            ResultChunk chunk = next.get();
            fits = fits && take(chunk.data().remaining());
            if (!fits) {
                following = next;
                return;
            }
            try (chunk) {
                rows.add(chunk);
            }
            next = result.next();
        }
    }

    private boolean take(long bytes) {
        if (taken + bytes > room.largestResult() || !store.take(tenant, bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    private void giveBack() {
        room.give(tenant, taken);
    }

    /** Returns the rows, held for the caller. */
    KeptRows rows() {
        return rows;
    }

    /** Returns the first chunk that found no room; the caller closes it. */
    Optional<ResultChunk> following() {
        return following;
    }

    /** Whether the rows are all there are. */
    boolean isWhole() {
        return fits;
    }
}
