package io.lakeport.core.export.choice;

import io.lakeport.core.export.request.EngineChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The engine of an export, and why it and no other.
 *
 * @param engine the engine
 * @param why the reason, one sentence
 * @param others the reason against each other engine, one line each, for example {@code not unload: …}
 */
public record Choice(EngineChoice engine, String why, List<String> others) {
    public Choice {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(why, "why");
        others = List.copyOf(others);
    }

    /** Returns the explanation for a person, a line for each engine. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(engine.text() + ": " + why);
        lines.addAll(others);
        return lines;
    }
}
