package io.lakeport.localworkspace.billing;

import io.lakeport.localworkspace.warehouse.WarehouseChange;
import io.lakeport.localworkspace.warehouse.WarehouseEvent;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import io.lakeport.localworkspace.warehouse.Warehouses;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What warehouses cost: the DBUs of a cluster of their size for as long as each of their clusters runs. */
public final class WarehouseUsage implements UsageSource {
    private final Warehouses warehouses;

    /** Creates it for the warehouses of the workspace. */
    public WarehouseUsage(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public List<UsageRecord> usage(Instant now) {
        Map<String, List<WarehouseEvent>> events = new LinkedHashMap<>();
        for (WarehouseEvent event : warehouses.events()) {
            events.computeIfAbsent(event.warehouseId(), id -> new ArrayList<>()).add(event);
        }
        List<WarehouseChange> changes = warehouses.changes();
        List<UsageRecord> records = new ArrayList<>();
        events.forEach((id, own) -> records.addAll(of(own, changes, now)));
        return records;
    }

    /**
     * Returns the usage of one warehouse: one record for each hour in which it ran.
     *
     * @param events its events, oldest first
     * @param changes settings of this and other warehouses, oldest first
     */
    public static List<UsageRecord> of(List<WarehouseEvent> events, List<WarehouseChange> changes, Instant now) {
        Map<String, UsageRecord> byHour = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            WarehouseEvent event = events.get(i);
            Instant until = i + 1 < events.size() ? events.get(i + 1).at() : now;
            if (event.clusters() > 0) {
                WarehouseSettings settings = settingsAt(changes, event);
                HourSlices.of(event.at(), until, (from, to) -> {
                    UsageRecord part = record(event, settings, from, to);
                    byHour.merge(part.recordId(), part, WarehouseUsage::together);
                });
            }
        }
        return List.copyOf(byHour.values());
    }

    private static WarehouseSettings settingsAt(List<WarehouseChange> changes, WarehouseEvent event) {
        WarehouseSettings found = WarehouseSettings.serverless("");
        boolean any = false;
        for (WarehouseChange change : changes) {
            boolean own = change.warehouseId().equals(event.warehouseId());
            if (own && (!any || !change.changedAt().isAfter(event.at()))) {
                found = change.settings();
                any = true;
            }
        }
        return found;
    }

    private static UsageRecord together(UsageRecord a, UsageRecord b) {
        return new UsageRecord(
                a.recordId(),
                a.sku(),
                a.start(),
                b.end(),
                a.quantity().add(b.quantity()),
                a.recordType(),
                a.ingested(),
                b.tags(),
                a.metadata(),
                a.identity(),
                a.features());
    }

    private static UsageRecord record(WarehouseEvent event, WarehouseSettings settings, Instant from, Instant to) {
        Sku sku = Sku.ofWarehouse(settings.tableType());
        BigDecimal rate = BigDecimal.valueOf((long) settings.size().dbuPerHour() * event.clusters());
        String key = event.warehouseId() + sku + from.truncatedTo(ChronoUnit.HOURS);
        String owner = settings.creator().isEmpty() ? "local" : settings.creator();
        return new UsageRecord(
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
                sku,
                from,
                to,
                HourSlices.dbus(rate, from, to),
                "ORIGINAL",
                LocalDate.ofInstant(to, ZoneOffset.UTC),
                settings.tags(),
                Map.of("warehouse_id", event.warehouseId()),
                Map.of("owned_by", owner, "created_by", owner),
                Map.of(
                        "sql_tier",
                        settings.type(),
                        "is_serverless",
                        settings.serverless(),
                        "is_photon",
                        settings.photon()));
    }
}
