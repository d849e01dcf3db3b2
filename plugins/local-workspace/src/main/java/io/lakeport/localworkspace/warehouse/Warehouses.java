package io.lakeport.localworkspace.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.state.StateFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

/** The warehouses of the workspace by id. Thread-safe. */
public final class Warehouses implements AutoCloseable {
    private final Map<String, Warehouse> byId = new ConcurrentSkipListMap<>();
    private final Duration startup;
    private final Clock clock;
    private final WarehouseLog log = new WarehouseLog();
    private volatile ToIntFunction<String> sessionCount = id -> 0;

    /**
     * Creates an empty registry.
     *
     * @param startup time that a stopped warehouse needs to run again
     */
    public Warehouses(Duration startup, Clock clock) {
        this.startup = startup;
        this.clock = clock;
    }

    /** Adds a running warehouse, small and serverless; one of that id is replaced. */
    public Warehouse add(String id, String name) {
        Warehouse warehouse = put(id, WarehouseSettings.serverless(name));
        warehouse.run();
        log.changed(id, warehouse.settings(), clock.instant(), false);
        return warehouse;
    }

    private Warehouse put(String id, WarehouseSettings settings) {
        Warehouse warehouse = new Warehouse(id, settings, startup, clock, log::add);
        byId.put(id, warehouse);
        return warehouse;
    }

    /** Adds a warehouse with a new id, and begins to start it, as the API does. */
    public Warehouse create(WarehouseSettings settings) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Warehouse warehouse = put(id, settings);
        log.changed(id, settings, clock.instant(), false);
        warehouse.start();
        return warehouse;
    }

    /** Changes a warehouse's settings. */
    public void edit(Warehouse warehouse, WarehouseSettings settings) {
        warehouse.edit(settings);
        log.changed(warehouse.id(), settings, clock.instant(), false);
    }

    /** Deletes a warehouse; statements that run on it go on. */
    public void delete(Warehouse warehouse) {
        byId.remove(warehouse.id());
        warehouse.delete();
        log.changed(warehouse.id(), warehouse.settings(), clock.instant(), true);
    }

    /** Returns a warehouse. */
    public Optional<Warehouse> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all warehouses, by id. */
    public List<Warehouse> all() {
        return List.copyOf(byId.values());
    }

    /** Returns what happened to all warehouses up to now, deleted ones included, oldest first. */
    public List<WarehouseEvent> events() {
        all().forEach(Warehouse::state);
        return log.events();
    }

    /** Returns every setting that a warehouse ever had, oldest first. */
    public List<WarehouseChange> changes() {
        return log.changes();
    }

    /** Tells who knows how many sessions are open on a warehouse. */
    public void countSessionsBy(ToIntFunction<String> count) {
        sessionCount = count;
    }

    /** Returns how many sessions are open on a warehouse. */
    public int sessions(String id) {
        return sessionCount.applyAsInt(id);
    }

    /** Returns the settings that all warehouses of the workspace share, as the API's document. */
    public ObjectNode configuration() {
        return log.configuration();
    }

    /** Replaces fields of the settings that all warehouses share. */
    public void configure(JsonNode changes) {
        log.configure(changes);
    }

    /** Brings back the warehouses of an earlier run, stopped, and keeps changes from now on. */
    public void restore(StateFiles state) {
        log.restore(state).forEach((id, settings) -> {
            Warehouse here = byId.get(id);
            if (here == null) {
                put(id, settings);
            } else {
                here.edit(settings);
            }
        });
    }

    /** Stops them all, so that nothing is billed while the workspace is down. */
    @Override
    public void close() {
        all().forEach(Warehouse::stop);
        log.save();
    }
}
