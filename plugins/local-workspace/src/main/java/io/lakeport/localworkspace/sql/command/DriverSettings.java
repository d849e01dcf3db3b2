package io.lakeport.localworkspace.sql.command;

import java.util.Locale;

/** What clients' drivers send of their own accord when they open a session, and what the workspace does anyway. */
final class DriverSettings {
    private DriverSettings() {}

    /** Whether the workspace does what the setting says whether it is sent or not. */
    static boolean isHarmless(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "spark.thriftserver.arrowbasedrowset.timestampasstring" -> value.equalsIgnoreCase("false");
            // One catalog's metadata at a time is what is answered; there are no metric views to list.
            case "spark.sql.thriftserver.metadata.table.singleschema",
                    "spark.sql.thriftserver.metadata.metricview.enabled" -> true;
            default -> false;
        };
    }
}
