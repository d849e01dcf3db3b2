package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Right;
import java.util.Objects;

/**
 * A right that is needed, and what for.
 *
 * @param right which
 * @param reason why, in words
 */
public record Need(Right right, String reason) {
    public Need {
        Objects.requireNonNull(right, "right");
        Objects.requireNonNull(reason, "reason");
    }
}
