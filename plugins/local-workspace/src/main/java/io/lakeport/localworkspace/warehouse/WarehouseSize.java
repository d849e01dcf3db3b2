package io.lakeport.localworkspace.warehouse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sizes of a warehouse's clusters and what an hour of one costs, as Databricks' price pages list it. */
public enum WarehouseSize {
    XX_SMALL("2X-Small", 4),
    X_SMALL("X-Small", 6),
    SMALL("Small", 12),
    MEDIUM("Medium", 24),
    LARGE("Large", 40),
    X_LARGE("X-Large", 80),
    XX_LARGE("2X-Large", 144),
    XXX_LARGE("3X-Large", 272),
    XXXX_LARGE("4X-Large", 528);

    private final String apiName;
    private final int dbuPerHour;

    WarehouseSize(String apiName, int dbuPerHour) {
        this.apiName = apiName;
        this.dbuPerHour = dbuPerHour;
    }

    /** Returns the name that the Warehouses API uses, for example {@code 2X-Small}. */
    public String apiName() {
        return apiName;
    }

    /** Returns the name that system tables use, for example {@code 2X_SMALL}. */
    public String tableName() {
        return apiName.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Returns the DBUs that one cluster uses in an hour. */
    public int dbuPerHour() {
        return dbuPerHour;
    }

    /** Returns the size of an API name, in any case. */
    public static Optional<WarehouseSize> of(String apiName) {
        return Arrays.stream(values())
                .filter(size -> size.apiName.equalsIgnoreCase(apiName))
                .findFirst();
    }

    /** Returns the API names of all sizes, smallest first. */
    public static List<String> apiNames() {
        return Arrays.stream(values()).map(WarehouseSize::apiName).toList();
    }
}
