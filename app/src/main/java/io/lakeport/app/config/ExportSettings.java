package io.lakeport.app.config;

import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.secret.Secret;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What exports may use, and how they are signed.
 *
 * @param signingKey signs every manifest, and checks signatures; empty when manifests are not signed
 * @param engines engines that may be used; not empty, without {@link EngineChoice#AUTO}
 * @param unloadFrom bytes from which on a warehouse writes by itself, where it can; positive
 * @param lanes encoding threads, empty for one for each processor; positive
 * @param segmentBytes Arrow bytes after which files are finished and recorded; positive
 * @param memory bytes that encoding may hold of the process's memory, empty for what statements leave; positive
 * @param scratch directory for rows that do not fit into memory, empty when none may touch a disk
 * @param residency where rows may lie; {@link Residency#IN_PLACE} excludes a scratch directory
 */
public record ExportSettings(
        Optional<Secret> signingKey,
        Set<EngineChoice> engines,
        long unloadFrom,
        Optional<Integer> lanes,
        long segmentBytes,
        Optional<Long> memory,
        Optional<Path> scratch,
        Residency residency) {
    private static final int SHORTEST_KEY = 16;

    public ExportSettings {
        Objects.requireNonNull(signingKey, "signingKey");
        Objects.requireNonNull(lanes, "lanes");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(residency, "residency");
        if (residency == Residency.IN_PLACE && scratch.isPresent()) {
            throw new IllegalArgumentException("'scratch' keeps rows on this machine's disk, which residency in-place"
                    + " excludes; remove one of the two");
        }
        engines = Set.copyOf(engines);
        if (engines.isEmpty() || engines.contains(EngineChoice.AUTO)) {
            throw new IllegalArgumentException("engines " + engines + ": name at least one of stream, unload and job");
        }
        if (unloadFrom < 1 || segmentBytes < 1 || lanes.orElse(1) < 1 || memory.orElse(1L) < 1) {
            throw new IllegalArgumentException("lanes and sizes of exports must be positive");
        }
        if (signingKey.isPresent() && signingKey.get().reveal().length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "the signing key is shorter than " + SHORTEST_KEY + " characters; use a random one");
        }
    }

    /** Returns all engines, a lane for each processor, no signature and no scratch. */
    public static ExportSettings defaults() {
        ExportTuning tuning = ExportTuning.standard();
        EngineRoster roster = EngineRoster.standard();
        return new ExportSettings(
                Optional.empty(),
                roster.allowed(),
                roster.unloadFrom(),
                Optional.empty(),
                tuning.segmentBytes(),
                Optional.empty(),
                Optional.empty(),
                Residency.ANYWHERE);
    }

    /** Returns the tuning of exports that hold what they encode within a budget. */
    public ExportTuning tuning(MemoryBudget budget) {
        return new ExportTuning(lanes.orElse(ExportTuning.standard().lanes()), segmentBytes, budget, scratch);
    }
}
