package io.lakeport.testkit.contract;

import static io.lakeport.testkit.contract.StateWorld.ACME;
import static io.lakeport.testkit.contract.StateWorld.bytes;
import static io.lakeport.testkit.contract.StateWorld.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a state store must do that several hosts open. */
public interface StateHostsContract {
    /** Opens a new, empty store; the implementing test closes it after the test. */
    StateStore emptyStore();

    /** Opens the store that {@link #emptyStore()} gave last once more, as another host does; it is closed likewise. */
    StateStore anotherHost();

    @Test
    default void replace_fromManyThreadsOfTwoHosts_losesNoIncrement() throws Exception {
        List<StateSpace> hosts = List.of(emptyStore().of(ACME), anotherHost().of(ACME));
        hosts.get(0).create(key("sum"), bytes("0"));
        AtomicInteger conflicts = new AtomicInteger();
        inParallel(6, thread -> {
            StateSpace space = hosts.get(thread % 2);
            for (int done = 0; done < 20; ) {
                Document sum = space.get(key("sum")).orElseThrow();
                try {
                    space.replace(key("sum"), bytes("" + (Long.parseLong(sum.text()) + 1)), sum.revision());
                    done++;
                } catch (LakeportException e) {
                    assertThat(e.is(StateError.STATE_CONFLICT)).as(e.toString()).isTrue();
                    conflicts.incrementAndGet();
                }
            }
        });
        assertThat(hosts.get(1).get(key("sum")).orElseThrow().text()).isEqualTo("120");
        assertThat(conflicts).as("conflicts: else nothing was tried").hasPositiveValue();
    }

    @Test
    default void apply_ofBatchesThatTouchTheSame_neverShowsAHalf() throws Exception {
        List<StateSpace> hosts = List.of(emptyStore().of(ACME), anotherHost().of(ACME));
        inParallel(4, thread -> {
            StateSpace space = hosts.get(thread % 2);
            for (int i = 0; i < 15; i++) {
                byte[] mark = bytes(thread + "/" + i);
                // Given in another order by every second thread: locks are taken in one order nevertheless.
                Batch.Builder batch = Batch.builder();
                (thread < 2 ? List.of("a", "b", "c") : List.of("c", "b", "a")).forEach(k -> batch.put(key(k), mark));
                space.apply(batch.build());
                List<Document> seen =
                        space.list("thing", "", Optional.empty(), 10).documents();
                assertThat(seen)
                        .extracting(Document::text)
                        .hasSize(3)
                        .containsOnly(seen.get(0).text());
            }
        });
    }

    @Test
    default void acquire_fromManyThreadsOfTwoHosts_hasOneHolderAtATimeAndGrowingTokens() throws Exception {
        List<StateSpace> hosts = List.of(emptyStore().of(ACME), anotherHost().of(ACME));
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger holders = new AtomicInteger();
        inParallel(4, thread -> {
            StateSpace space = hosts.get(thread % 2);
            for (int held = 0; held < 8; ) {
                Optional<Lease> lease = space.acquire("run", "thread " + thread, Duration.ofMinutes(1));
                if (lease.isPresent()) {
                    assertThat(holders.incrementAndGet()).as("holders at once").isEqualTo(1);
                    tokens.add(lease.get().token());
                    held++;
                    holders.decrementAndGet();
                    assertThat(space.release(lease.get())).isTrue();
                }
            }
        });
        assertThat(tokens).hasSize(32).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void apply_ofOneBatchByTwoHostsAtOnce_isCarriedOutOnce() throws Exception {
        List<StateSpace> hosts = List.of(emptyStore().of(ACME), anotherHost().of(ACME));
        for (int round = 0; round < 10; round++) {
            Batch batch = Batch.builder().create(key("r" + round), bytes("1")).build();
            List<Long> revisions = Collections.synchronizedList(new ArrayList<>());
            inParallel(4, thread -> revisions.add(hosts.get(thread % 2).apply(batch)));
            assertThat(revisions).hasSize(4).containsOnly(revisions.get(0));
        }
    }

    /** What one thread of several does. */
    interface Part {
        /** Runs it. */
        void run(int thread) throws Exception;
    }

    private static void inParallel(int threads, Part part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                calls.add(() -> {
                    part.run(thread);
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(calls, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
