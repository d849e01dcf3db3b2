package io.lakeport.core.export.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * A process that works on a run.
 *
 * @param host name of its machine
 * @param pid its process id there
 * @param startedAt when the process began, which tells it from a later one with the same id; the epoch when unknown
 */
public record RunOwner(String host, long pid, Instant startedAt) {
    /** Whether the owner still works. */
    public enum Life {
        ALIVE,
        DEAD,
        /** It runs on another machine, which cannot be asked from here. */
        UNKNOWN
    }

    public RunOwner {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /** Returns this process. */
    public static RunOwner current() {
        ProcessHandle process = ProcessHandle.current();
        return new RunOwner(
                MachineName.get(), process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Returns whether the owner still works, as far as this machine can tell. */
    public Life life() {
        if (!host.equals(MachineName.get())) {
            return Life.UNKNOWN;
        }
        boolean alive = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().startInstant().orElse(Instant.EPOCH).equals(startedAt))
                .orElse(false);
        return alive ? Life.ALIVE : Life.DEAD;
    }

    /** Returns the owner for a person. */
    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
