package io.lakeport.localworkspace.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.state.StateFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state machine by the clock alone. */
class WarehouseTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Ticker clock = new Ticker();
    private final Warehouses warehouses = new Warehouses(Duration.ofSeconds(10), clock);

    /** A clock that goes when it is told to. */
    private static final class Ticker extends Clock {
        private Instant now = START;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static WarehouseSettings settings(int min, int max) {
        return new WarehouseSettings(
                "w", WarehouseSize.SMALL, min, max, 10, "PRO", true, true, "", "", Map.of(), "", "");
    }

    private static List<String> texts(List<WarehouseEvent> events) {
        return events.stream()
                .map(e -> Duration.between(START, e.at()).toSeconds() + " " + e.type() + " " + e.clusters())
                .toList();
    }

    @Test
    void warehouse_idle_stopsWhenItWasDue() {
        Warehouse warehouse = warehouses.create(settings(1, 1));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.STARTING);
        clock.pass(Duration.ofSeconds(10));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.RUNNING);
        clock.pass(Duration.ofHours(5));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.STOPPED);
        assertThat(texts(warehouses.events()))
                .containsExactly(
                        "0 STARTING 0",
                        "10 SCALED_UP 1",
                        "10 RUNNING 1",
                        "610 STOPPING 1",
                        "612 SCALED_DOWN 0",
                        "612 STOPPED 0");
    }

    @Test
    void warehouse_manyStatements_scalesUpThenDownAndStaysOn() {
        Warehouse warehouse = warehouses.create(settings(1, 3));
        for (int i = 0; i < 25; i++) {
            warehouse.enterStatement();
        }
        assertThat(warehouse.untilRunning()).isEqualTo(Duration.ofSeconds(10));
        clock.pass(Duration.ofSeconds(10));
        assertThat(warehouse.clusters()).isEqualTo(3);
        for (int i = 0; i < 24; i++) {
            warehouse.leaveStatement();
        }
        assertThat(warehouse.clusters()).isEqualTo(3);
        clock.pass(Duration.ofHours(1));
        assertThat(warehouse.clusters()).isOne();
        assertThat(warehouse.state()).isEqualTo(WarehouseState.RUNNING);
    }

    @Test
    void warehouse_statementWhileStopping_startsAgain() {
        Warehouse warehouse = warehouses.add("0000000000000001", "one");
        warehouse.beginStop();
        assertThat(warehouse.state()).isEqualTo(WarehouseState.STOPPING);
        assertThat(warehouse.untilRunning()).isEqualTo(Duration.ofSeconds(12));
        clock.pass(Duration.ofSeconds(3));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.STARTING);
        clock.pass(Duration.ofSeconds(9));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.RUNNING);
        assertThat(warehouse.untilRunning()).isZero();
    }

    @Test
    void warehouse_statementWaitsWhileAnotherIsDrained_startsAgainOnceThatHasEnded() {
        Warehouse warehouse = warehouses.add("0000000000000001", "one");
        warehouse.enterStatement();
        warehouse.beginStop();
        warehouse.enterStatement();
        assertThat(warehouse.untilRunning()).isPositive();
        warehouse.enterWait();
        clock.pass(Duration.ofSeconds(3));
        assertThat(warehouse.state()).isEqualTo(WarehouseState.STOPPING);

        warehouse.leaveStatement();

        assertThat(warehouse.state()).isEqualTo(WarehouseState.STARTING);
        clock.pass(Duration.ofSeconds(10));
        assertThat(warehouse.untilRunning()).isZero();
    }

    @Test
    void warehouses_restored_areStoppedAndKeepTheirPast(@TempDir Path directory) {
        warehouses.restore(StateFiles.in(Optional.of(directory)));
        Warehouse kept = warehouses.create(settings(2, 4));
        warehouses.delete(warehouses.create(settings(1, 1)));
        clock.pass(Duration.ofMinutes(1));
        warehouses.close();

        Warehouses again = new Warehouses(Duration.ofSeconds(10), clock);
        again.restore(StateFiles.in(Optional.of(directory)));
        assertThat(again.all()).extracting(Warehouse::id).containsExactly(kept.id());
        assertThat(again.all().get(0).settings()).isEqualTo(settings(2, 4));
        assertThat(again.all().get(0).state()).isEqualTo(WarehouseState.STOPPED);
        assertThat(again.events()).isEqualTo(warehouses.events());
        assertThat(again.changes()).hasSize(3);
    }
}
