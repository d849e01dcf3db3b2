package io.lakeport.core.grant.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of a step.
 *
 * @param step which
 * @param state what became of it
 * @param message why it was not done, empty when it was
 */
public record StepOutcome(PlanStep step, State state, Optional<String> message) {
    /** What can become of a step. */
    public enum State {
        DONE,
        FAILED,
        /** The identity at hand may not do it, or its call lacks something that is not known. */
        NOT_ALLOWED,
        /** What it builds on was not done, or the whole ended before its turn. */
        NOT_TRIED
    }

    public StepOutcome {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
    }
}
