package io.lakeport.warehouse.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.time.Deadline;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectBuffersTest {
    private static final long MB = 1 << 20;

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void take_anyTraffic_keepsUsedAndIdleWithinTheLimit() {
        long limit = 16 * MB;
        DirectBuffers pool = new DirectBuffers(limit);
        pool.warehouseOpened();
        pool.resultOpened();
        long before = directBytes();
        Random random = new Random(1);
        Deque<ByteBuffer> held = new ArrayDeque<>();
        for (int i = 0; i < 2_000; i++) {
            int size = SizeClass.of(random.nextInt((int) (3 * MB)));
            if (pool.usedBytes() + size <= limit) {
                held.add(pool.take(size));
            } else {
                pool.giveBack(held.remove());
            }
            assertThat(pool.heldBytes()).isLessThanOrEqualTo(limit);
            assertThat(directBytes() - before).isLessThanOrEqualTo(limit);
        }
        held.forEach(pool::giveBack);
        pool.resultEnded();
        assertThat(pool.heldBytes()).as("kept between results").isBetween(1L, limit);

        pool.warehouseClosed();

        assertThat(pool.usedBytes()).isZero();
        assertThat(pool.heldBytes()).as("kept when no warehouse is open").isZero();
        // Garbage of earlier tests may be collected meanwhile, which can only lower the figure of the whole JVM.
        assertThat(directBytes()).isLessThanOrEqualTo(before);
    }

    @Test
    void take_sameClassAgain_isTheSameMemory() {
        DirectBuffers pool = new DirectBuffers(8 * MB);
        pool.warehouseOpened();
        ByteBuffer first = pool.take(SizeClass.of(MB));
        first.putInt(0, 42);
        pool.giveBack(first);

        assertThat(pool.take(SizeClass.of(MB)).getInt(0)).isEqualTo(42);
    }

    @Test
    void of_anySize_fitsAndWastesAtMostAQuarter() {
        assertThat(SizeClass.of(0)).isEqualTo(64 * 1024);
        assertThat(SizeClass.of(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        for (long size = 65_537; size < Integer.MAX_VALUE; size += size / 7) {
            assertThat((long) SizeClass.of(size)).isBetween(size, size + size / 4);
        }
        assertThatThrownBy(() -> SizeClass.of(1L << 31)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chunkMemory_partsGivenUpOneByOne_freesBudgetAsItGoes() {
        DirectBuffers pool = new DirectBuffers(8 * MB);
        MemoryBudget budget = MemoryBudget.of("test", 8 * MB);
        int size = SizeClass.of(MB);
        ChunkMemory memory =
                new ChunkMemory(pool, budget.reserve(2L * size, Deadline.after(Duration.ofSeconds(1))), size, size);
        memory.travelling();
        memory.decoded();

        memory.dropTravelling();
        assertThat(budget.used()).isEqualTo(size);
        memory.close();
        memory.close();

        assertThat(budget.used()).isZero();
        assertThat(pool.usedBytes()).isZero();
    }
}
