package io.lakeport.core.warehouse;

import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Starts warehouses and waits for them. All callers that wait for one warehouse share one start: it is asked for once,
 * and one of them looks at it for all. Who looks does so in its own thread, with its own rights and until its own
 * deadline, after which another takes over. Thread-safe; one for each process.
 */
public final class WarehouseStarts {
    private final ConcurrentMap<Place, SharedStart> starts = new ConcurrentHashMap<>();
    private final Duration shortestPause;

    /** Which warehouse: ids are unique in a workspace only. */
    private record Place(WorkspaceHost host, WarehouseId id) {}

    /** Looks at a starting warehouse after a second at first, then every five seconds. */
    public WarehouseStarts() {
        this(Duration.ofSeconds(1));
    }

    WarehouseStarts(Duration shortestPause) {
        this.shortestPause = Objects.requireNonNull(shortestPause, "shortestPause");
    }

    /**
     * Returns once the warehouse runs; at once when it does already. The caller's own rights are tried first, so that
     * nobody learns of a warehouse through another's start.
     *
     * @param control with the caller's rights
     * @param progress told in the caller's thread whenever the warehouse was looked at; must not block for long
     * @throws io.lakeport.core.error.LakeportException UNAVAILABLE (WAREHOUSE_UNAVAILABLE) when it stopped again, with
     *     what the workspace says about it; NOT_FOUND when it was deleted; DEADLINE_EXCEEDED, saying how it stood; as
     *     the control port throws
     */
    public WarehouseInfo run(
            WorkspaceHost host,
            WarehouseId id,
            WarehouseControl control,
            Deadline deadline,
            Consumer<StartProgress> progress) {
        WarehouseInfo seen = control.get(id, deadline);
        if (seen.state() == WarehouseState.RUNNING) {
            return seen;
        }
        Place place = new Place(host, id);
        // Counted in the mapping, so that a start is never removed between being found and being joined.
        SharedStart start = Objects.requireNonNull(starts.compute(
                place, (key, known) -> (known == null ? new SharedStart(id, shortestPause) : known).joined()));
        try {
            return new StartWaiter(start, control, deadline, progress, seen).await();
        } finally {
            starts.computeIfPresent(place, (key, known) -> known.left() ? null : known);
        }
    }

    /** Returns how many warehouses are waited for at present. */
    int waitedFor() {
        return starts.size();
    }
}
