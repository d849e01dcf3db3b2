package io.lakeport.core.grant.plan;

import java.util.List;
import java.util.Objects;

/**
 * What was done of a plan.
 *
 * @param plan what was found missing, with the principal as it is known at the end
 * @param outcomes what became of each step, in order
 */
public record AppliedPlan(AccessPlan plan, List<StepOutcome> outcomes) {
    public AppliedPlan {
        Objects.requireNonNull(plan, "plan");
        outcomes = List.copyOf(outcomes);
    }

    /** Returns whether all that was missing is there now. */
    public boolean isComplete() {
        return outcomes.stream().allMatch(outcome -> outcome.state() == StepOutcome.State.DONE);
    }
}
