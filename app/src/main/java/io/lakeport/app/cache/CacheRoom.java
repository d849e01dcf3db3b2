package io.lakeport.app.cache;

import io.lakeport.core.tenant.TenantId;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes that cached results may take together, and how many a tenant and a single result may take of them: a half
 * and a quarter. Whoever keeps bytes takes them here first, so the bound holds at every moment, with readers of dropped
 * results and results being collected included. Thread-safe.
 *
 * <p>It is no part of the process's memory budget: cached bytes stay, and whoever waits there would wait for bytes that
 * nobody is about to give back.
 */
final class CacheRoom {
    private final long capacity;
    private final Map<TenantId, Long> held = new HashMap<>();
    private long used;
    private long peak;

    CacheRoom(long capacity) {
        this.capacity = capacity;
    }

    long capacity() {
        return capacity;
    }

    long largestResult() {
        return capacity / 4;
    }

    /** Takes the bytes if they are free; never waits. */
    synchronized boolean take(TenantId tenant, long bytes) {
        if (used + bytes > capacity || isOverShare(tenant, bytes)) {
            return false;
        }
        used += bytes;
        peak = Math.max(peak, used);
        held.merge(tenant, bytes, Long::sum);
        return true;
    }

    /** Returns whether so many more bytes are more than the tenant may take. */
    synchronized boolean isOverShare(TenantId tenant, long bytes) {
        return held(tenant) + bytes > capacity / 2;
    }

    synchronized void give(TenantId tenant, long bytes) {
        used -= bytes;
        held.computeIfPresent(tenant, (id, before) -> before == bytes ? null : before - bytes);
    }

    synchronized long held(TenantId tenant) {
        return held.getOrDefault(tenant, 0L);
    }

    synchronized long used() {
        return used;
    }

    synchronized long peak() {
        return peak;
    }
}
