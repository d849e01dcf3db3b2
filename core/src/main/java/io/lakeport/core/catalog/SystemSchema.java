package io.lakeport.core.catalog;

import java.util.Objects;

/**
 * A schema of the catalog {@code system}.
 *
 * @param name for example {@code billing}
 * @param state as the API tells, for example {@code AVAILABLE} or {@code ENABLE_COMPLETED}
 */
public record SystemSchema(String name, String state) {
    public SystemSchema {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }

    /** Returns whether it can be read by whoever may; {@code MANAGED} ones are on for good. */
    public boolean isEnabled() {
        return state.equals("ENABLE_COMPLETED") || state.equals("MANAGED") || state.equals("ENABLE_INITIALIZED");
    }
}
