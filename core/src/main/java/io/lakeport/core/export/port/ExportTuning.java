package io.lakeport.core.export.port;

import io.lakeport.core.query.MemoryBudget;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What an export may use of this machine.
 *
 * @param lanes how many threads encode; positive
 * @param segmentBytes Arrow bytes after which a lane's files are finished and recorded, so that a resumed run need not
 *     write them again; positive
 * @param memory holds what is being encoded and uploaded
 * @param scratch directory for rows that do not fit; empty when business rows must not touch this machine's disk
 */
public record ExportTuning(int lanes, long segmentBytes, MemoryBudget memory, Optional<Path> scratch) {
    private static final long SEGMENT = 512L << 20;
    private static final long MEMORY = 256L << 20;

    public ExportTuning {
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(scratch, "scratch");
        if (lanes < 1 || segmentBytes < 1) {
            throw new IllegalArgumentException(
                    "an export with " + lanes + " lanes and segments of " + segmentBytes + " bytes cannot work");
        }
    }

    /** Returns a lane for each processor, segments of 512 MiB, 256 MiB of memory and no scratch. */
    public static ExportTuning standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ExportTuning(processors, SEGMENT, MemoryBudget.of("exports", MEMORY), Optional.empty());
    }

    /** Returns this tuning with another budget. */
    public ExportTuning within(MemoryBudget budget) {
        return new ExportTuning(lanes, segmentBytes, budget, scratch);
    }

    /** Returns this tuning with as many lanes; {@code count} is positive. */
    public ExportTuning withLanes(int count) {
        return new ExportTuning(count, segmentBytes, memory, scratch);
    }
}
