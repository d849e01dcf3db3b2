package io.lakeport.localworkspace.warehouse;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The warehouses of the workspace by id. Thread-safe. */
public final class Warehouses {
    private final Map<String, Warehouse> byId = new ConcurrentSkipListMap<>();
    private final Duration startup;
    private final Clock clock;

    /**
     * Creates an empty registry.
     *
     * @param startup time that a stopped warehouse needs to run again
     */
    public Warehouses(Duration startup, Clock clock) {
        this.startup = startup;
        this.clock = clock;
    }

    /** Adds a running warehouse. */
    public Warehouse add(String id, String name) {
        Warehouse warehouse = new Warehouse(id, name, startup, clock);
        byId.put(id, warehouse);
        return warehouse;
    }

    /** Returns a warehouse. */
    public Optional<Warehouse> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all warehouses, by id. */
    public List<Warehouse> all() {
        return List.copyOf(byId.values());
    }
}
