package io.lakeport.core.warehouse;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Size of each cluster of a warehouse, smallest first ({@code cluster_size} of the Warehouses API). */
public enum WarehouseSize {
    XX_SMALL("2X-Small"),
    X_SMALL("X-Small"),
    SMALL("Small"),
    MEDIUM("Medium"),
    LARGE("Large"),
    X_LARGE("X-Large"),
    XX_LARGE("2X-Large"),
    XXX_LARGE("3X-Large"),
    XXXX_LARGE("4X-Large"),
    XXXXX_LARGE("5X-Large");

    private final String apiName;

    WarehouseSize(String apiName) {
        this.apiName = apiName;
    }

    /** Returns the name that the API takes, for example {@code 2X-Small}. */
    public String apiName() {
        return apiName;
    }

    /** Returns the size of that name as the API spells it; empty when there is none. */
    public static Optional<WarehouseSize> ofApi(String name) {
        return Arrays.stream(values())
                .filter(size -> size.apiName.equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Returns the size of that name as the API spells it, in any case.
     *
     * @throws LakeportException INVALID_REQUEST naming the sizes that there are
     */
    public static WarehouseSize parse(String name) {
        return ofApi(name)
                .orElseThrow(() -> new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "there is no warehouse size '" + name + "'; expected one of "
                                + Arrays.stream(values())
                                        .map(WarehouseSize::apiName)
                                        .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return apiName;
    }
}
