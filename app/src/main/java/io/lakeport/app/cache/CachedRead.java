package io.lakeport.app.cache;

import io.lakeport.app.cache.CacheCounts.Event;
import io.lakeport.app.cache.Flights.Landing;
import io.lakeport.app.scope.QuerySources;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import java.time.Duration;
import java.util.Optional;

/** One request of the cache. Confined to one thread; the statement itself is sent at most once. */
final class CachedRead {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final ResultCache cache;
    private final Warehouse warehouse;
    private final StatementRequest request;
    private final CacheKey key;
    private final QuerySources sources;
    private final long maxAge;

    CachedRead(
            ResultCache cache,
            Warehouse warehouse,
            StatementRequest request,
            CacheKey key,
            QuerySources sources,
            Duration maxAge) {
        this.cache = cache;
        this.warehouse = warehouse;
        this.request = request;
        this.key = key;
        this.sources = sources;
        this.maxAge = (maxAge.compareTo(LONGEST) > 0 ? LONGEST : maxAge).toNanos();
    }

    ResultStream run() {
        while (true) {
            Landing landing = cache.flights().await(key, request.deadline());
            if (landing == Landing.RUN_ALONE) {
                return passed(Event.MISS, "an equal statement ran at the same time, and its result could not be kept");
            }
            SourcePins pins;
            try {
                // Read after this request came, whoever else just did: only so it sees what was committed before it.
                pins = pins();
            } catch (NotPinnedException e) {
                cache.store().drop(key);
                return passed(Event.BYPASSED, e.reason());
            }
            Optional<ResultStream> hit = hit(pins);
            if (hit.isPresent()) {
                return hit.get();
            }
            if (cache.flights().begin(key)) {
                return lead(pins);
            }
        }
    }

    private SourcePins pins() throws NotPinnedException {
        return SourceVersions.read(warehouse, cache.rows(), request, sources);
    }

    private ResultStream passed(Event event, String why) {
        cache.count(key, event);
        return PassedStream.of(warehouse.execute(request), why);
    }

    private Optional<ResultStream> hit(SourcePins pins) {
        Optional<CachedResult> found = cache.store().find(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CachedResult result = found.get();
        if (!result.pins().equals(pins)) {
            cache.store().drop(result);
        } else if (cache.nanos() - result.readNanos() <= maxAge && isAllowed(result)) {
            cache.count(key, Event.HIT);
            return Optional.of(new CachedStream(
                    result,
                    Optional.of("from the result cache, as read at " + result.readAt() + "; nothing it reads"
                            + " has changed since")));
        }
        result.rows().release();
        return Optional.empty();
    }

    /** Rights may have gone since; the statement itself then says so in its own words. */
    private boolean isAllowed(CachedResult result) {
        try {
            SourceVersions.requireAllowed(warehouse, request);
            return true;
        } catch (LakeportException e) {
            cache.store().drop(result);
            return false;
        }
    }

    private ResultStream lead(SourcePins pins) {
        Landing landing = Landing.LOOK_AGAIN;
        try {
            // Another may have landed between the look and the beginning.
            Optional<ResultStream> hit = hit(pins);
            if (hit.isPresent()) {
                return hit.get();
            }
            cache.count(key, Event.MISS);
            ResultStream read = kept(pins);
            landing = read instanceof CachedStream ? Landing.LOOK_AGAIN : Landing.RUN_ALONE;
            return read;
        } catch (LakeportException e) {
            boolean gaveUp = e.category() == ErrorCategory.CANCELLED || e.category() == ErrorCategory.DEADLINE_EXCEEDED;
            landing = gaveUp ? Landing.LOOK_AGAIN : Landing.RUN_ALONE;
            throw e;
        } finally {
            cache.flights().end(key, landing);
        }
    }

    private ResultStream kept(SourcePins before) {
        ResultStream result = warehouse.execute(request);
        try {
            Collected collected = Collected.from(result, key, cache.store(), cache.room());
            Optional<String> obstacle = collected.isWhole()
                    ? changedSince(before)
                    : Optional.of("the result is larger than the "
                            + cache.room().largestResult() + " bytes that one may take, or memory was short");
            if (obstacle.isPresent()) {
                cache.count(key, Event.REFUSED);
                return new PassedStream(result, Optional.of(collected.rows()), collected.following(), obstacle.get());
            }
            return keep(result, collected.rows(), before);
        } catch (RuntimeException | Error e) {
            result.close();
            throw e;
        }
    }

    private CachedStream keep(ResultStream result, KeptRows rows, SourcePins pins) {
        CachedResult whole =
                CachedResult.of(key, result, rows, pins, cache.clock().instant(), cache.nanos(), maxAge);
        try {
            result.close();
        } catch (RuntimeException e) {
            rows.release();
            throw e;
        }
        if (rows.hold()) {
            cache.store().keep(whole);
        }
        return new CachedStream(whole, Optional.empty());
    }

    private Optional<String> changedSince(SourcePins before) {
        try {
            return before.equals(pins()) ? Optional.empty() : Optional.of("what it reads changed while it ran");
        } catch (NotPinnedException e) {
            return Optional.of(e.reason());
        } catch (LakeportException e) {
            return Optional.of("what it reads could not be looked at again (" + e.code() + ")");
        }
    }
}
