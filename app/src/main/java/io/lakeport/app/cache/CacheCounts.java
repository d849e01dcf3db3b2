package io.lakeport.app.cache;

import io.lakeport.core.tenant.TenantId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens, for each tenant. Thread-safe. */
final class CacheCounts {
    enum Event {
        HIT,
        MISS,
        BYPASSED,
        REFUSED,
        EVICTED
    }

    private record Key(TenantId tenant, Event event) {}

    private final Map<Key, LongAdder> adders = new ConcurrentHashMap<>();

    void count(TenantId tenant, Event event) {
        adders.computeIfAbsent(new Key(tenant, event), key -> new LongAdder()).increment();
    }

    long of(TenantId tenant, Event event) {
        LongAdder adder = adders.get(new Key(tenant, event));
        return adder == null ? 0 : adder.sum();
    }
}
