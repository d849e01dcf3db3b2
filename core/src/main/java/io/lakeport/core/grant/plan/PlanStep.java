package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Fix;
import io.lakeport.core.grant.Right;
import java.util.Objects;
import java.util.Optional;

/**
 * One right that is missing.
 *
 * @param right which
 * @param reason what it is needed for
 * @param fix what gives it, and who may
 * @param allowed whether the identity that planned may give it, as far as can be told
 * @param unknown why it could not be found out whether it is there; empty when it is known to be missing
 */
public record PlanStep(Right right, String reason, Fix fix, boolean allowed, Optional<String> unknown) {
    public PlanStep {
        Objects.requireNonNull(right, "right");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(unknown, "unknown");
    }
}
