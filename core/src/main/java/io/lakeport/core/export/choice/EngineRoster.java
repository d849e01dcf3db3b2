package io.lakeport.core.export.choice;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.stream.StreamEngine;
import io.lakeport.core.export.unload.UnloadEngine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which engines a host has, and permits.
 *
 * @param allowed engines that may be used; not empty, without {@link EngineChoice#AUTO}
 * @param unloadFrom bytes from which on the warehouse writes by itself, where it can; positive
 * @param job writes by a job of the workspace, empty where none can be deployed
 */
public record EngineRoster(Set<EngineChoice> allowed, long unloadFrom, Optional<Engine> job) {
    private static final long UNLOAD_FROM = 50L << 30;

    public EngineRoster {
        allowed = Set.copyOf(allowed);
        if (allowed.isEmpty() || allowed.contains(EngineChoice.AUTO) || unloadFrom < 1) {
            throw new IllegalArgumentException("the engines " + allowed + " from " + unloadFrom
                    + " bytes on are no policy; name at least one of stream, unload, job");
        }
    }

    /** Returns all engines that need nothing else, and 50 GiB as what is left to the warehouse. */
    public static EngineRoster standard() {
        return new EngineRoster(
                Set.of(EngineChoice.STREAM, EngineChoice.UNLOAD, EngineChoice.JOB), UNLOAD_FROM, Optional.empty());
    }

    /**
     * Returns the engine of that name.
     *
     * @throws LakeportException NOT_SUPPORTED when this host has none: a run that another host began with it
     */
    public Engine engine(String name) {
        return List.of(Optional.<Engine>of(new StreamEngine()), Optional.<Engine>of(new UnloadEngine()), job).stream()
                .flatMap(Optional::stream)
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.NOT_SUPPORTED, "this host has no export engine '" + name + "'"));
    }
}
