package io.lakeport.core.warehouse;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One warehouse that does what a test says: core tests know no workspace. */
public final class FakeWarehouses implements WarehouseControl {
    public static final WarehouseId ID = WarehouseId.of("0123456789abcdef");

    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final List<String> done = new ArrayList<>();
    private final WarehouseTier tier;
    private volatile WarehouseState state = WarehouseState.STOPPED;
    private volatile Scaling scaling = new Scaling(1, 1, Duration.ofMinutes(30));
    private volatile long sessions;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile @Nullable LakeportException onStart;

    public FakeWarehouses(WarehouseTier tier) {
        this.tier = tier;
    }

    public FakeWarehouses in(WarehouseState now) {
        state = now;
        return this;
    }

    FakeWarehouses sessions(long open) {
        sessions = open;
        return this;
    }

    FakeWarehouses scaled(Scaling now) {
        scaling = now;
        return this;
    }

    FakeWarehouses troubled(String why) {
        trouble = Optional.of(why);
        return this;
    }

    FakeWarehouses refusing(LakeportException e) {
        onStart = e;
        return this;
    }

    @Override
    public List<WarehouseInfo> list(Deadline deadline) {
        return List.of(get(ID, deadline));
    }

    @Override
    public WarehouseInfo get(WarehouseId id, Deadline deadline) {
        looks.incrementAndGet();
        return new WarehouseInfo(
                id, "Main", state, tier, Optional.empty(), Optional.of(scaling), true, 0, sessions, trouble);
    }

    @Override
    public void start(WarehouseId id, Deadline deadline) {
        LakeportException refusal = onStart;
        if (refusal != null) {
            throw refusal;
        }
        starts.incrementAndGet();
        done.add("start");
        if (state == WarehouseState.STOPPED) {
            state = WarehouseState.STARTING;
        }
    }

    @Override
    public void stop(WarehouseId id, Deadline deadline) {
        done.add("stop");
        state = WarehouseState.STOPPED;
    }

    @Override
    public void scale(WarehouseId id, Scaling wanted, Deadline deadline) {
        done.add("scale " + wanted.minClusters() + ".." + wanted.maxClusters());
        scaling = wanted;
    }
}
