package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Right;
import io.lakeport.core.principal.PrincipalName;
import java.util.List;
import java.util.Objects;

/**
 * What is there and what is missing.
 *
 * @param request what was asked for, with the principal as it is known now
 * @param askedBy who planned
 * @param held the rights that are there already, in order
 * @param steps the rights that are missing, in the order in which to give them
 * @param advice what is there beyond what is needed, and what could be narrower
 */
public record AccessPlan(
        AccessRequest request, PrincipalName askedBy, List<Right> held, List<PlanStep> steps, List<Advice> advice) {
    public AccessPlan {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(askedBy, "askedBy");
        held = List.copyOf(held);
        steps = List.copyOf(steps);
        advice = List.copyOf(advice);
    }

    /** Returns whether nothing is missing. */
    public boolean isComplete() {
        return steps.isEmpty();
    }

    /** Returns whether who planned may do all of it. */
    public boolean isAllowed() {
        return steps.stream().allMatch(PlanStep::allowed);
    }
}
