package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Fix;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that works and could be better; nothing of it is done by itself.
 *
 * @param text what, and why
 * @param fix what would make it so, where one statement or call does
 */
public record Advice(String text, Optional<Fix> fix) {
    public Advice {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(fix, "fix");
    }
}
