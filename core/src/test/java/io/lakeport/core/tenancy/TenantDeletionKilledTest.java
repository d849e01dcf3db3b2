package io.lakeport.core.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.InMemoryStateStore;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deletions whose process dies before or after any one thing that it does, and another process that goes on. */
class TenantDeletionKilledTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Optional<Secret> KEY = Optional.of(Secret.of("key of proofs"));
    private static final List<String> STEPS = List.of("statements", "secrets", "state", "ledger");

    private final Set<String> kept = new TreeSet<>(STEPS);
    private final WaitingClock clock = new WaitingClock();
    private final StateStore store = new InMemoryStateStore(clock);

    /** A clock that stands still unless it is told how much time has gone by. */
    private static final class WaitingClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

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

    /** The end of a process: nothing that it asks for afterwards happens, the release of its lease neither. */
    private static final class Process {
        private final int last;
        private int beats;

        Process(int last) {
            this.last = last;
        }

        void beat() {
            if (++beats > last) {
                throw new Killed();
            }
        }
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Beats before and after each call of the store. */
    private <T> T mortal(Class<T> type, T real, Process process) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        if (method.getReturnType() == StateSpace.class) {
                            return mortal(StateSpace.class, (StateSpace) method.invoke(real, arguments), process);
                        }
                        process.beat();
                        Object answer = method.invoke(real, arguments);
                        process.beat();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private DeletionProof delete(Process process) {
        List<DeletionStep> steps = new ArrayList<>();
        STEPS.forEach(name -> steps.add(step(name, process)));
        StateStore seen = mortal(StateStore.class, store, process);
        return new TenantDeletion(new TenantRegistry(seen, clock), steps, KEY, "a process")
                .run(ACME, "asked for", Deadline.after(Duration.ofMinutes(1)));
    }

    private DeletionStep step(String name, Process process) {
        return new DeletionStep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public RemovedPart run(TenantId tenant, Deadline deadline) {
                process.beat();
                boolean removed = kept.remove(name);
                process.beat();
                return RemovedPart.of(name, removed ? 1 : 0, "of a test");
            }
        };
    }

    private void createTenant() {
        kept.addAll(STEPS);
        new TenantRegistry(store, clock).create(ACME, "{}");
        store.of(ACME).create(DocumentKey.of("note", "one"), new byte[] {1});
    }

    @Test
    @Tag("DF-46")
    void run_killedAtAnyPoint_goesOnToAProofAndLeavesNothing() {
        createTenant();
        Process whole = new Process(Integer.MAX_VALUE);
        delete(whole);
        assertThat(whole.beats).isGreaterThan(4 * STEPS.size());

        for (int last = 0; last < whole.beats; last++) {
            TenantRegistry registry = new TenantRegistry(store, clock);
            registry.forget(ACME);
            createTenant();
            Process dying = new Process(last);
            assertThat(catchThrowable(() -> delete(dying))).as("kill " + last).isInstanceOf(Killed.class);
            clock.now = clock.now.plus(Duration.ofMinutes(3));

            DeletionProof proof = delete(new Process(Integer.MAX_VALUE));

            assertThat(proof.isSignedBy(KEY.get())).as("kill " + last).isTrue();
            assertThat(proof.parts()).extracting(RemovedPart::name).containsExactlyElementsOf(STEPS);
            assertThat(kept).as("kill " + last).isEmpty();
            assertThat(registry.find(ACME)).hasValueSatisfying(record -> {
                assertThat(record.state()).isEqualTo(TenantState.DELETED);
                assertThat(record.proof()).contains(proof);
                assertThat(record.settings()).isEmpty();
            });
            assertThat(store.of(ACME).list("note", "", Optional.empty(), 10).documents())
                    .as("kill " + last)
                    .isEmpty();
        }
    }
}
