package io.lakeport.core.query;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends statements whose process died, so that no statement outlives its caller by more than the time until the next
 * process looks. Thread-safe.
 */
public final class Reaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    /** A history may lag behind; what it does not know after so long was never accepted. */
    private static final Duration HISTORY_LAG = Duration.ofMinutes(10);

    private final RunningStatements running;
    private final Function<RunningStatement, Warehouse> warehouses;
    private final Duration exportGrace;
    private final Clock clock;

    /**
     * Creates a reaper.
     *
     * @param warehouses opens the warehouse of a statement; it is not closed here. It may fail, where a tenant is gone
     * @param exportGrace how long a statement of an export is left alone, because a resumed run may want its result
     */
    public Reaper(
            RunningStatements running,
            Function<RunningStatement, Warehouse> warehouses,
            Duration exportGrace,
            Clock clock) {
        this.running = Objects.requireNonNull(running, "running");
        this.warehouses = Objects.requireNonNull(warehouses, "warehouses");
        this.exportGrace = Objects.requireNonNull(exportGrace, "exportGrace");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** What became of an orphan. */
    public enum Fate {
        /** It is terminal on the server; it was cancelled if it still ran. */
        ENDED,
        /** The workspace does not know it, long after it should: it was never accepted. */
        NEVER_RAN,
        /** The workspace does not know it yet; it is looked for again next time. */
        NOT_KNOWN_YET,
        /** It belongs to an export that may be resumed; it is left alone for a while. */
        LEFT_FOR_RESUME,
        /** It could not be ended; it is tried again next time. */
        FAILED
    }

    /**
     * An orphan and what became of it.
     *
     * @param statement what was remembered of it
     * @param id its id, once it was found
     * @param fate what became of it
     * @param reason why it failed
     */
    public record Reaped(RunningStatement statement, Optional<StatementId> id, Fate fate, Optional<String> reason) {}

    /**
     * Ends the orphans there are, one after the other.
     *
     * @param deadline for all of them
     */
    public List<Reaped> reap(Deadline deadline) {
        List<Reaped> reaped = new ArrayList<>();
        running.orphans(orphan -> {
            Reaped one = settle(orphan, deadline);
            LOG.info("statement with tag {} of a process that died: {}", orphan.tag(), one.fate());
            reaped.add(one);
            return one.fate() == Fate.ENDED || one.fate() == Fate.NEVER_RAN;
        });
        return List.copyOf(reaped);
    }

    private Reaped settle(RunningStatement orphan, Deadline deadline) {
        Duration age = Duration.between(orphan.begun(), Instant.now(clock));
        if (orphan.purpose() == Purpose.EXPORT && age.compareTo(exportGrace) < 0) {
            return new Reaped(orphan, Optional.empty(), Fate.LEFT_FOR_RESUME, Optional.empty());
        }
        try {
            Warehouse warehouse = warehouses.apply(orphan);
            Optional<StatementId> id = warehouse.find(orphan.tag(), deadline);
            if (id.isEmpty()) {
                Fate fate = age.compareTo(HISTORY_LAG) > 0 ? Fate.NEVER_RAN : Fate.NOT_KNOWN_YET;
                return new Reaped(orphan, id, fate, Optional.empty());
            }
            warehouse.end(id.get(), deadline);
            return new Reaped(orphan, id, Fate.ENDED, Optional.empty());
        } catch (LakeportException e) {
            return new Reaped(orphan, Optional.empty(), Fate.FAILED, Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
