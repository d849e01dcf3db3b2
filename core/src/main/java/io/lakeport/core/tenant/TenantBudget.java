package io.lakeport.core.tenant;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a tenant may use. Counted by each process for itself.
 *
 * @param concurrent statements at once, empty for no limit; positive
 * @param statements statements begun within the window, empty for no limit; positive
 * @param bytes Arrow bytes of results read within the window, empty for no limit; positive
 * @param rows rows of results read within the window, empty for no limit; positive
 * @param window how long use counts; a minute to a week
 */
public record TenantBudget(
        OptionalInt concurrent, OptionalLong statements, OptionalLong bytes, OptionalLong rows, Duration window) {
    /** The window where none is given. */
    public static final Duration DAY = Duration.ofDays(1);

    /** No limit. */
    public static final TenantBudget UNLIMITED = new TenantBudget(
            OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), DAY);

    public TenantBudget {
        Objects.requireNonNull(concurrent, "concurrent");
        Objects.requireNonNull(statements, "statements");
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(rows, "rows");
        if (concurrent.orElse(1) < 1 || statements.orElse(1) < 1 || bytes.orElse(1) < 1 || rows.orElse(1) < 1) {
            throw new IllegalArgumentException("a budget is positive; leave it out where there is no limit, and suspend"
                    + " the tenant where there is to be nothing");
        }
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("the window of a budget is 1 minute to 7 days, not " + window);
        }
    }

    /** Returns whether anything is limited. */
    public boolean isLimited() {
        return concurrent.isPresent() || statements.isPresent() || bytes.isPresent() || rows.isPresent();
    }
}
