package io.lakeport.app.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tenants hold connections, those that were used longest ago first. When there are too many, or one was not used
 * for long, it gives its connections up; one that is in use never does. A plain list in the order of use and not
 * Caffeine, whose admission may turn away the tenant that is being used for the first time. Thread-safe.
 */
final class Activity {
    private final int most;
    private final long idleNanos;
    private final Map<TenantPorts, Long> used = new LinkedHashMap<>(16, 0.75f, true);

    Activity(int most, Duration idle) {
        this.most = most;
        this.idleNanos = idle.toNanos();
    }

    /** Remembers that a tenant is used now, and lets others rest. The caller holds no lock of a tenant. */
    void touch(TenantPorts ports) {
        for (TenantPorts tired : touched(ports, System.nanoTime())) {
            if (!tired.rest()) {
                again(tired);
            }
        }
    }

    private synchronized List<TenantPorts> touched(TenantPorts ports, long now) {
        used.put(ports, now);
        List<TenantPorts> tired = new ArrayList<>();
        var entries = used.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<TenantPorts, Long> oldest = entries.next();
            boolean old = now - oldest.getValue() > idleNanos;
            if (oldest.getKey().equals(ports) || (used.size() <= most && !old)) {
                break;
            }
            tired.add(oldest.getKey());
            entries.remove();
        }
        return tired;
    }

    private synchronized void again(TenantPorts busy) {
        used.putIfAbsent(busy, System.nanoTime());
    }

    synchronized void forget(TenantPorts ports) {
        used.remove(ports);
    }

    /** Returns how many hold connections. */
    synchronized int size() {
        return used.size();
    }

    /** Returns all of them, and forgets them. */
    synchronized List<TenantPorts> drain() {
        List<TenantPorts> all = List.copyOf(used.keySet());
        used.clear();
        return all;
    }
}
