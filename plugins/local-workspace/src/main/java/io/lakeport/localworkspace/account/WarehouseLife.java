package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.UsageRecord;
import io.lakeport.localworkspace.billing.WarehouseUsage;
import io.lakeport.localworkspace.warehouse.WarehouseChange;
import io.lakeport.localworkspace.warehouse.WarehouseEvent;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import io.lakeport.localworkspace.warehouse.WarehouseSize;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The warehouses of the history: when they ran, how they were set, what they used. */
final class WarehouseLife {
    private static final int DECIMALS = 3;

    private final Dice dice;
    private final Calendar calendar;
    private final List<WarehouseChange> changes = new ArrayList<>();
    private final List<WarehouseEvent> events = new ArrayList<>();
    private final List<UsageRecord> usage = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();

    /** A time in which a warehouse ran. */
    record Session(String warehouseId, Instant from, Instant to) {}

    /** When a kind of warehouse is used: hours of a workday, whether at weekends, and how many hours a day. */
    private record Rhythm(int firstHour, int lastHour, boolean weekends, int sessionsPerDay) {}

    WarehouseLife(Dice dice, Calendar calendar) {
        this.dice = dice;
        this.calendar = calendar;
        live("BI dashboards", WarehouseSize.MEDIUM, "PRO", true, "analytics", new Rhythm(7, 18, false, 4));
        live("ETL", WarehouseSize.LARGE, "PRO", false, "platform", new Rhythm(1, 4, true, 1));
        live("Ad hoc", WarehouseSize.XX_SMALL, "PRO", true, "science", new Rhythm(8, 19, false, 5));
        live("Legacy reports", WarehouseSize.SMALL, "CLASSIC", false, "finance", new Rhythm(6, 9, false, 1));
    }

    List<WarehouseChange> changes() {
        return changes;
    }

    List<WarehouseEvent> events() {
        return events;
    }

    List<UsageRecord> usage() {
        return usage;
    }

    List<Session> sessions() {
        return sessions;
    }

    private void live(String name, WarehouseSize size, String type, boolean serverless, String team, Rhythm rhythm) {
        String id = dice.hex16();
        WarehouseSettings first = settings(name, size, type, serverless, team);
        changes.add(new WarehouseChange(id, first, calendar.start(), Optional.empty()));
        if (name.equals("BI dashboards")) {
            // It outgrew its size after two thirds of the time.
            WarehouseSettings larger = settings(name, WarehouseSize.LARGE, type, serverless, team);
            changes.add(new WarehouseChange(id, larger, calendar.at(0.66), Optional.empty()));
        }
        List<WarehouseEvent> own = new ArrayList<>();
        for (LocalDate day : calendar.days()) {
            if (rhythm.weekends || Calendar.isWorkday(day)) {
                day(id, day, rhythm, own);
            }
        }
        events.addAll(own);
        for (UsageRecord record : WarehouseUsage.of(own, changes, calendar.finish())) {
            usage.add(record.corrected(
                    record.recordId(),
                    "ORIGINAL",
                    record.quantity().setScale(DECIMALS, RoundingMode.HALF_UP),
                    record.ingested()));
        }
    }

    private static WarehouseSettings settings(
            String name, WarehouseSize size, String type, boolean serverless, String team) {
        return new WarehouseSettings(
                name,
                size,
                1,
                3,
                serverless ? 10 : 30,
                type,
                serverless,
                true,
                "COST_OPTIMIZED",
                "CHANNEL_NAME_CURRENT",
                Map.of("team", team, "env", "prod"),
                "",
                Cast.ENGINEER.name());
    }

    private void day(String id, LocalDate day, Rhythm rhythm, List<WarehouseEvent> own) {
        int hours = rhythm.lastHour - rhythm.firstHour + 1;
        for (int i = 0; i < rhythm.sessionsPerDay; i++) {
            int hour = rhythm.firstHour + i * hours / rhythm.sessionsPerDay;
            Instant start = Calendar.at(day, hour, dice.between(0, 25));
            int longest = hours * 60 / rhythm.sessionsPerDay - 30;
            Instant stop = start.plus(Duration.ofMinutes(dice.between(15, Math.max(20, longest))));
            session(id, start, stop, own);
        }
    }

    private void session(String id, Instant start, Instant stop, List<WarehouseEvent> own) {
        Instant running = start.plusSeconds(dice.between(3, 20));
        own.add(new WarehouseEvent(id, "STARTING", 0, start));
        own.add(new WarehouseEvent(id, "SCALED_UP", 1, running));
        own.add(new WarehouseEvent(id, "RUNNING", 1, running));
        if (dice.chance(0.15)) {
            Instant third = running.plus(Duration.between(running, stop).dividedBy(3));
            own.add(new WarehouseEvent(id, "SCALED_UP", 2, third));
            own.add(new WarehouseEvent(
                    id,
                    "SCALED_DOWN",
                    1,
                    third.plus(Duration.between(running, stop).dividedBy(3))));
        }
        own.add(new WarehouseEvent(id, "STOPPING", 1, stop));
        own.add(new WarehouseEvent(id, "SCALED_DOWN", 0, stop.plusSeconds(2)));
        own.add(new WarehouseEvent(id, "STOPPED", 0, stop.plusSeconds(2)));
        sessions.add(new Session(id, running, stop));
    }
}
