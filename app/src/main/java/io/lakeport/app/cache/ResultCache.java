package io.lakeport.app.cache;

import io.lakeport.app.scope.QuerySources;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Results of queries, kept in memory under one bound for the process. A result is given again only to the tenant and
 * identity that it was read for, only while that may still run the statement, and only when every table behind it is
 * what it was: the versions are read before the statement runs and again when its result is complete, and it is kept
 * only if they are the same. Thread-safe.
 */
public final class ResultCache implements AutoCloseable {
    private final CacheRoom room;
    private final CacheCounts counts = new CacheCounts();
    private final ResultStore store;
    private final Flights flights = new Flights();
    private final Function<ResultStream, RowCursor> rows;
    private final Clock clock;
    private final LongSupplier nanoClock;

    /**
     * Creates an empty cache.
     *
     * @param bytes its bound, 0 for none at all
     * @param rows reads a result row by row
     * @param clock for the times that are told of results
     */
    public ResultCache(long bytes, Function<ResultStream, RowCursor> rows, Clock clock) {
        this(bytes, rows, clock, System::nanoTime);
    }

    ResultCache(long bytes, Function<ResultStream, RowCursor> rows, Clock clock, LongSupplier nanoClock) {
        this.room = new CacheRoom(bytes);
        this.store = new ResultStore(room, counts, nanoClock);
        this.rows = rows;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /**
     * Returns the result of a statement, from memory if it is there and still right; the caller closes it. Its notes say
     * whether it came from memory, and why it is not kept where it is not.
     *
     * @param warehouse runs the statement, and those that check its tables
     * @param maxAge how old a result from memory may be, and how long this one stays; positive
     * @throws io.lakeport.core.error.LakeportException as {@link Warehouse#execute}
     */
    public ResultStream read(
            Warehouse warehouse, Tenant tenant, WarehouseId id, StatementRequest request, Duration maxAge) {
        QuerySources sources = QuerySources.of(request);
        if (room.capacity() == 0 || sources.obstacle().isPresent()) {
            counts.count(tenant.id(), CacheCounts.Event.BYPASSED);
            Optional<String> why = sources.obstacle().map(reason -> "the statement " + reason);
            return PassedStream.of(warehouse.execute(request), why.orElse("the cache has no memory (memory.cache)"));
        }
        CacheKey key = CacheKey.of(tenant, id, request);
        return new CachedRead(this, warehouse, request, key, sources, maxAge).run();
    }

    /** Returns what the cache did for a tenant. */
    public CacheUse use(TenantId tenant) {
        return store.use(tenant);
    }

    /** Returns the most bytes ever held at once. */
    public long peak() {
        return room.peak();
    }

    /** Returns the bytes held now. */
    public long used() {
        return room.used();
    }

    /** Drops all results of a tenant. */
    public void forget(TenantId tenant) {
        store.forget(tenant);
    }

    /** Drops everything; what readers still hold goes when they close it. */
    @Override
    public void close() {
        store.clear();
    }

    CacheRoom room() {
        return room;
    }

    ResultStore store() {
        return store;
    }

    Flights flights() {
        return flights;
    }

    Function<ResultStream, RowCursor> rows() {
        return rows;
    }

    Clock clock() {
        return clock;
    }

    long nanos() {
        return nanoClock.getAsLong();
    }

    void count(CacheKey key, CacheCounts.Event event) {
        counts.count(key.tenant().id(), event);
    }
}
