package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where each chunk of a result is. Places that are not known yet, or whose link is about to expire, are asked for.
 * Thread-safe.
 */
final class ChunkPlaces implements AutoCloseable {
    /** A link must outlive the start of its download, and a Date header is rounded. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final ChunkDirectory directory;
    private final Map<Long, ChunkSource> known = new HashMap<>();
    private boolean isClosed;

    ChunkPlaces(List<ChunkSource> first, ChunkDirectory directory) {
        this.directory = directory;
        remember(first);
    }

    /** Returns how many chunks there are, walking from one to the next when the server did not say. */
    long count(OptionalLong announced, Deadline deadline) {
        if (announced.isPresent()) {
            return announced.getAsLong();
        }
        if (known(0) == null) {
            return 0;
        }
        long last = 0;
        OptionalLong next = get(0, deadline).next();
        while (next.isPresent() && next.getAsLong() > last) {
            last = next.getAsLong();
            next = get(last, deadline).next();
        }
        return last + 1;
    }

    /** Returns the place of a chunk, good for a download that starts now. */
    ChunkSource get(long index, Deadline deadline) {
        ChunkSource source = known(index);
        return source != null && isFresh(source) ? source : renew(index, deadline);
    }

    /** Asks for the place of a chunk anew. */
    ChunkSource renew(long index, Deadline deadline) {
        remember(directory.chunk(index, deadline));
        ChunkSource source = known(index);
        if (source == null) {
            throw new LakeportException(
                    CoreError.RESULT_CORRUPT,
                    "the workspace was asked for chunk " + index + " and answered with others");
        }
        return source;
    }

    /** Forgets a chunk that was read; it may hold inline bytes. */
    synchronized void forget(long index) {
        known.remove(index);
    }

    /** Gives up what came inside answers and was not read. */
    @Override
    public synchronized void close() {
        isClosed = true;
        known.values().forEach(ChunkPlaces::discard);
        known.clear();
    }

    private static void discard(ChunkSource source) {
        source.place().inline().ifPresent(InlineBytes::close);
    }

    private synchronized @Nullable ChunkSource known(long index) {
        return known.get(index);
    }

    private synchronized void remember(List<ChunkSource> sources) {
        for (ChunkSource source : sources) {
            if (isClosed) {
                discard(source);
            } else {
                @Nullable ChunkSource before = known.put(source.index(), source);
                if (before != null) {
                    discard(before);
                }
            }
        }
    }

    private static boolean isFresh(ChunkSource source) {
        return source.place()
                .link()
                .map(link -> link.expires().remaining().compareTo(MARGIN) > 0)
                .orElse(true);
    }
}
