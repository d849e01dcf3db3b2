package io.lakeport.core.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.WorkspaceHost;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WarehouseStartsTest {
    private static final WorkspaceHost HOST = WorkspaceHost.parse("https://dbc-a1b2.cloud.databricks.com");

    private final WarehouseStarts starts = new WarehouseStarts(Duration.ofMillis(2));
    private final FakeWarehouses warehouses = new FakeWarehouses(WarehouseTier.PRO);

    @Test
    @Tag("AK-31")
    void run_fiftyCallersOfAStoppedOne_oneStartAndOneLookAtATimeForAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<CompletableFuture<WarehouseInfo>> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callers.add(CompletableFuture.supplyAsync(() -> run(warehouses, Duration.ofSeconds(20)), threads));
        }
        until(() -> warehouses.starts.get() == 1 && warehouses.looks.get() > 50);
        int before = warehouses.looks.get();
        Thread.sleep(100);
        assertThat(warehouses.looks.get() - before)
                .as("looks of 50 callers in 100 ms, each 10 ms apart")
                .isLessThan(25);

        warehouses.in(WarehouseState.RUNNING);

        for (CompletableFuture<WarehouseInfo> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS).state()).isEqualTo(WarehouseState.RUNNING);
        }
        assertThat(warehouses.starts.get()).isEqualTo(1);
        assertThat(starts.waitedFor()).isZero();
        threads.shutdown();
    }

    @Test
    void run_whoLooksHasNoTimeLeft_anotherTakesOver() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CompletableFuture<WarehouseInfo> hasty =
                CompletableFuture.supplyAsync(() -> run(warehouses, Duration.ofMillis(60)), threads);
        until(() -> warehouses.starts.get() == 1);
        CompletableFuture<WarehouseInfo> patient =
                CompletableFuture.supplyAsync(() -> run(warehouses, Duration.ofSeconds(20)), threads);

        LakeportException late = failure(hasty);
        assertThat(late.is(CoreError.DEADLINE_EXCEEDED)).isTrue();
        assertThat(late)
                .hasMessageContaining("'Main'")
                .hasMessageContaining("STARTING")
                .hasMessageContaining("four minutes");
        warehouses.in(WarehouseState.RUNNING);
        assertThat(patient.get(10, TimeUnit.SECONDS).state()).isEqualTo(WarehouseState.RUNNING);
        threads.shutdown();
    }

    @Test
    void run_callerMayNotStart_failsAlone_andTheNextOneAsksWithItsOwnRights() throws Exception {
        FakeWarehouses without = new FakeWarehouses(WarehouseTier.PRO)
                .refusing(new LakeportException(CoreError.ACCESS_DENIED, "no CAN USE"));
        LakeportException refused =
                catchThrowableOfType(LakeportException.class, () -> run(without, Duration.ofSeconds(20)));
        assertThat(refused.is(CoreError.ACCESS_DENIED)).isTrue();

        ExecutorService threads = Executors.newSingleThreadExecutor();
        CompletableFuture<WarehouseInfo> other =
                CompletableFuture.supplyAsync(() -> run(warehouses, Duration.ofSeconds(20)), threads);
        until(() -> warehouses.starts.get() == 1);
        warehouses.in(WarehouseState.RUNNING);
        assertThat(other.get(10, TimeUnit.SECONDS).state()).isEqualTo(WarehouseState.RUNNING);
        threads.shutdown();
    }

    @Test
    void run_startsAndStopsAgain_saysWhatTheWorkspaceSays() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        List<WarehouseState> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<WarehouseInfo> caller = CompletableFuture.supplyAsync(
                () -> starts.run(
                        HOST,
                        FakeWarehouses.ID,
                        warehouses,
                        Deadline.after(Duration.ofSeconds(20)),
                        progress -> seen.add(progress.warehouse().state())),
                threads);
        until(() -> seen.contains(WarehouseState.STARTING));
        warehouses.troubled("Cluster failed to launch: quota of vCPUs").in(WarehouseState.STOPPED);

        LakeportException failed = failure(caller);
        assertThat(failed.is(CoreError.WAREHOUSE_UNAVAILABLE)).isTrue();
        assertThat(failed).hasMessageContaining("quota of vCPUs");
        assertThat(seen).startsWith(WarehouseState.STOPPED).contains(WarehouseState.STARTING);
        threads.shutdown();
    }

    @Test
    void run_deletedMeanwhile_isNotFound() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CompletableFuture<WarehouseInfo> caller =
                CompletableFuture.supplyAsync(() -> run(warehouses, Duration.ofSeconds(20)), threads);
        until(() -> warehouses.starts.get() == 1);
        warehouses.in(WarehouseState.DELETED);

        assertThat(failure(caller).is(CoreError.OBJECT_NOT_FOUND)).isTrue();
        threads.shutdown();
    }

    private WarehouseInfo run(FakeWarehouses control, Duration time) {
        return starts.run(HOST, FakeWarehouses.ID, control, Deadline.after(time), progress -> {});
    }

    private static LakeportException failure(CompletableFuture<WarehouseInfo> caller) {
        ExecutionException failed =
                catchThrowableOfType(ExecutionException.class, () -> caller.get(10, TimeUnit.SECONDS));
        assertThat(failed).hasCauseInstanceOf(LakeportException.class);
        return (LakeportException) failed.getCause();
    }

    private static void until(BooleanSupplier done) throws InterruptedException {
        Deadline limit = Deadline.after(Duration.ofSeconds(10));
        while (!done.getAsBoolean()) {
            limit.check("waiting in a test");
            Thread.sleep(2);
        }
    }
}
