package io.lakeport.core.export.choice;

import io.lakeport.core.export.request.EngineChoice;
import java.util.List;
import java.util.Objects;

/**
 * What speaks against one engine.
 *
 * @param engine which one
 * @param against why it cannot do this export, one sentence each; empty when it can
 */
public record Verdict(EngineChoice engine, List<String> against) {
    public Verdict {
        Objects.requireNonNull(engine, "engine");
        against = List.copyOf(against);
    }

    /** Returns whether the engine can do the export. */
    public boolean isPossible() {
        return against.isEmpty();
    }
}
