package io.lakeport.warehouse.result;

import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which hosts of presigned links have ever answered with a chunk. One that has is trusted to come back; one that never
 * has is taken to be blocked after few tries, because waiting does not open a firewall. Thread-safe.
 */
public final class StorageHosts {
    /** How long a blocked host is not tried again; a firewall may be opened meanwhile. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Map<String, Deadline> blocked = new ConcurrentHashMap<>();

    /** Creates a memory without hosts. */
    public StorageHosts() {}

    /** Returns whether chunks came from every host of these links. */
    public boolean areTrusted(List<ChunkSource> sources) {
        return sources.stream()
                .flatMap(source -> source.place().link().stream())
                .allMatch(link -> isTrusted(LinkDownload.host(link)));
    }

    void answered(String host) {
        if (reached.add(host)) {
            blocked.remove(host);
        }
    }

    boolean isTrusted(String host) {
        return reached.contains(host);
    }

    void block(String host) {
        blocked.put(host, Deadline.after(MEMORY));
    }

    boolean isBlocked(String host) {
        Deadline until = blocked.get(host);
        return until != null && !until.isExpired();
    }
}
