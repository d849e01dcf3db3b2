package io.lakeport.core.error;

import java.util.Objects;

/**
 * Names one kind of error.
 *
 * @param name stable upper-case name, for example {@code EXPIRED_SECRET}; scripts may match it
 * @param category what a caller can do about it
 */
public record ErrorCode(String name, ErrorCategory category) {
    public ErrorCode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(category, "category");
    }

    @Override
    public String toString() {
        return name;
    }
}
