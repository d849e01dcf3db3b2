package io.lakeport.core.tenant;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Id of a SQL warehouse, as the warehouses API gives it.
 *
 * @param value letters, digits and {@code -}; it becomes part of URLs, so nothing else is accepted
 */
public record WarehouseId(String value) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public WarehouseId {
        Objects.requireNonNull(value, "value");
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("warehouse id '" + value
                    + "' is not legal: copy the id from the warehouse's page (letters, digits, '-'), without a path");
        }
    }

    /** Returns the id of that text. */
    public static WarehouseId of(String value) {
        return new WarehouseId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
