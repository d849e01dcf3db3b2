package io.lakeport.core.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.CapacityPlan.Power;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CapacityScheduleTest {
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Capacity DAY = new Capacity.Ready(new Scaling(1, 4, Duration.ofMinutes(30)), true);
    private static final Capacity NIGHT = new Capacity.Stopped();
    private static final CapacitySchedule BERLIN = new CapacitySchedule(
            ZoneId.of("Europe/Berlin"),
            List.of(new CapacityWindow(WORKDAYS, LocalTime.of(7, 0), LocalTime.of(19, 0), DAY)),
            NIGHT);
    private static final Deadline SOON = Deadline.after(Duration.ofMinutes(1));

    @Test
    @Tag("AK-33")
    void at_beforeWithinAndAfterTheWindow_byTheClockOnTheWallInSummerAndWinter() {
        assertThat(BERLIN.at(Instant.parse("2026-07-06T04:59:59Z"))).isEqualTo(NIGHT);
        assertThat(BERLIN.at(Instant.parse("2026-07-06T05:00:00Z"))).isEqualTo(DAY);
        assertThat(BERLIN.at(Instant.parse("2026-07-06T17:00:00Z"))).isEqualTo(NIGHT);
        assertThat(BERLIN.at(Instant.parse("2026-12-07T05:59:59Z"))).isEqualTo(NIGHT);
        assertThat(BERLIN.at(Instant.parse("2026-12-07T06:00:00Z"))).isEqualTo(DAY);
        assertThat(BERLIN.nextChange(Instant.parse("2026-07-10T17:30:00Z")))
                .hasValue(Instant.parse("2026-07-13T05:00:00Z"));
    }

    @Test
    void at_overMidnight_theDayOnWhichItBeginsCounts() {
        CapacitySchedule nights = new CapacitySchedule(
                ZoneId.of("UTC"),
                List.of(new CapacityWindow(Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), DAY)),
                NIGHT);

        assertThat(nights.at(Instant.parse("2026-07-10T23:00:00Z"))).isEqualTo(DAY);
        assertThat(nights.at(Instant.parse("2026-07-11T05:59:00Z"))).isEqualTo(DAY);
        assertThat(nights.at(Instant.parse("2026-07-11T06:00:00Z"))).isEqualTo(NIGHT);
        assertThat(nights.at(Instant.parse("2026-07-10T05:00:00Z"))).isEqualTo(NIGHT);
    }

    @Test
    @Tag("AK-33")
    void plan_nightAndNobodyThere_stops_andTheMorningScalesAndStarts() {
        FakeWarehouses warehouses = new FakeWarehouses(WarehouseTier.PRO).in(WarehouseState.RUNNING);
        CapacityKeeper keeper = new CapacityKeeper(warehouses);

        CapacityPlan evening = keeper.plan(FakeWarehouses.ID, BERLIN, Instant.parse("2026-07-06T17:01:00Z"), SOON);
        keeper.apply(evening, SOON);
        CapacityPlan morning = keeper.plan(FakeWarehouses.ID, BERLIN, Instant.parse("2026-07-07T05:01:00Z"), SOON);
        keeper.apply(morning, SOON);

        assertThat(evening.steps()).containsExactly("stop");
        assertThat(morning.steps()).containsExactly("max_clusters 1 -> 4", "start");
        assertThat(warehouses.done).containsExactly("stop", "scale 1..4", "start");
        assertThat(keeper.plan(FakeWarehouses.ID, BERLIN, Instant.parse("2026-07-07T05:02:00Z"), SOON)
                        .steps())
                .isEmpty();
    }

    @Test
    void plan_sessionsAreOpenAtNight_isHeldAndSaysWhy() {
        FakeWarehouses busy =
                new FakeWarehouses(WarehouseTier.PRO).in(WarehouseState.RUNNING).sessions(2);

        CapacityPlan plan =
                new CapacityKeeper(busy).plan(FakeWarehouses.ID, BERLIN, Instant.parse("2026-07-06T22:00:00Z"), SOON);

        assertThat(plan.power()).isEqualTo(Power.LEAVE);
        assertThat(plan.held()).hasValueSatisfying(why -> assertThat(why).contains("2 sessions"));
    }

    @Test
    void plan_stoppedByItselfInTheMiddleOfTheDay_isLeftToTheNextCaller() {
        FakeWarehouses idle = new FakeWarehouses(WarehouseTier.PRO)
                .in(WarehouseState.STOPPED)
                .scaled(new Scaling(1, 4, Duration.ofMinutes(30)));

        CapacityPlan plan =
                new CapacityKeeper(idle).plan(FakeWarehouses.ID, BERLIN, Instant.parse("2026-07-06T10:00:00Z"), SOON);

        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void scaling_whatAWarehouseCannotBe_isRefusedWithWhatItCan() {
        assertThatThrownBy(() -> new Scaling(0, 4, Duration.ZERO)).hasMessageContaining("say 'stopped'");
        assertThatThrownBy(() -> new Scaling(3, 2, Duration.ZERO)).hasMessageContaining("max_clusters is 2");
        assertThatThrownBy(() -> new Scaling(1, 1, Duration.ofSeconds(90))).hasMessageContaining("whole minutes");
        assertThatThrownBy(() -> new Scaling(1, 1, Duration.ofMinutes(5)).on(WarehouseTier.CLASSIC))
                .hasMessageContaining("at least 10");
        assertThat(new Scaling(1, 1, Duration.ofMinutes(5)).on(WarehouseTier.SERVERLESS))
                .isNotNull();
    }
}
