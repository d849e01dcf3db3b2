package io.lakeport.app.guard;

import io.lakeport.core.error.ErrorCode;
import io.lakeport.core.guard.GuardedCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts tries, failures and time, per tenant and call, and logs each try at DEBUG. Thread-safe. */
public final class CallCounts implements CallMeter {
    /**
     * What was counted for one call.
     *
     * @param tries how often it was tried
     * @param failures how many of those failed
     * @param time all tries together
     * @param bytes that came over the network, as they travelled
     */
    public record Count(long tries, long failures, Duration time, long bytes) {}

    private static final class Adders {
        private final LongAdder tries = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAdder bytes = new LongAdder();
    }

    private static final Logger LOG = LoggerFactory.getLogger(CallCounts.class);

    private record Key(String tenant, String name) {}

    private final Map<Key, Adders> adders = new ConcurrentHashMap<>();

    /** Creates counters that stand at zero. */
    public CallCounts() {}

    @Override
    public void record(GuardedCall call, Duration took, Optional<ErrorCode> error) {
        LOG.debug(
                "{} of tenant '{}' at {} took {} ms{}",
                call.name(),
                call.tenant(),
                call.workspace(),
                took.toMillis(),
                error.map(code -> " and failed with " + code).orElse(""));
        Adders counters = adders.computeIfAbsent(new Key(call.tenant(), call.name()), key -> new Adders());
        counters.tries.increment();
        counters.nanos.add(took.toNanos());
        if (error.isPresent()) {
            counters.failures.increment();
        }
    }

    @Override
    public void received(GuardedCall call, long bytes) {
        adders.computeIfAbsent(new Key(call.tenant(), call.name()), key -> new Adders())
                .bytes
                .add(bytes);
    }

    /** Forgets what was counted of a tenant. */
    public void forget(String tenant) {
        adders.keySet().removeIf(key -> key.tenant().equals(tenant));
    }

    /** Returns the counts so far of one tenant, by the name of the call. */
    public Map<String, Count> of(String tenant) {
        Map<String, Count> counts = new TreeMap<>();
        adders.forEach((key, counters) -> {
            if (key.tenant().equals(tenant)) {
                counts.put(
                        key.name(),
                        new Count(
                                counters.tries.sum(),
                                counters.failures.sum(),
                                Duration.ofNanos(counters.nanos.sum()),
                                counters.bytes.sum()));
            }
        });
        return counts;
    }
}
