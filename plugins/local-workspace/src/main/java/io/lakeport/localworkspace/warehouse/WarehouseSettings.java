package io.lakeport.localworkspace.warehouse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a warehouse is set.
 *
 * @param name its name, unique in the workspace
 * @param size size of each cluster
 * @param minClusters clusters while it runs, at least one
 * @param maxClusters clusters at most, at least {@code minClusters}
 * @param autoStopMinutes idle minutes after which it stops, 0 for never
 * @param type CLASSIC or PRO
 * @param serverless whether Databricks' own compute serves it; only PRO ones can be
 * @param photon whether Photon is on
 * @param spotPolicy COST_OPTIMIZED, RELIABILITY_OPTIMIZED or POLICY_UNSPECIFIED
 * @param channel name of its channel, for example {@code CHANNEL_NAME_CURRENT}
 * @param tags its custom tags
 * @param instanceProfileArn instance profile, empty for none
 * @param creator who created it
 */
public record WarehouseSettings(
        String name,
        WarehouseSize size,
        int minClusters,
        int maxClusters,
        int autoStopMinutes,
        String type,
        boolean serverless,
        boolean photon,
        String spotPolicy,
        String channel,
        Map<String, String> tags,
        String instanceProfileArn,
        String creator) {
    public WarehouseSettings {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Returns a small serverless warehouse that stops after ten idle minutes. */
    public static WarehouseSettings serverless(String name) {
        return new WarehouseSettings(
                name,
                WarehouseSize.XX_SMALL,
                1,
                1,
                10,
                "PRO",
                true,
                true,
                "COST_OPTIMIZED",
                "CHANNEL_NAME_CURRENT",
                Map.of(),
                "",
                "");
    }

    /** Returns what the API assumes where a request to create a warehouse says nothing. */
    public static WarehouseSettings apiDefaults(String creator) {
        return new WarehouseSettings(
                "",
                WarehouseSize.X_SMALL,
                1,
                1,
                120,
                "CLASSIC",
                false,
                true,
                "COST_OPTIMIZED",
                "CHANNEL_NAME_CURRENT",
                Map.of(),
                "",
                creator);
    }

    /** Returns the kind that system tables tell: CLASSIC, PRO or SERVERLESS. */
    public String tableType() {
        return serverless ? "SERVERLESS" : type;
    }
}
