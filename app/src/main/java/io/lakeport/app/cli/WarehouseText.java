package io.lakeport.app.cli;

import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** Warehouses as people and programs read them. */
final class WarehouseText {
    private WarehouseText() {}

    static void row(TextTable table, WarehouseInfo info) {
        table.row(
                info.id().value(),
                info.name(),
                info.state().name(),
                info.tier().name(),
                info.size().map(Object::toString).orElse("-"),
                info.scaling()
                        .map(scaling -> scaling.minClusters() + ".." + scaling.maxClusters())
                        .orElse("-"),
                info.scaling().map(WarehouseText::rest).orElse("-"),
                info.clusters() + " / " + info.sessions(),
                info.trouble().orElse(""));
    }

    static TextTable table() {
        return new TextTable(
                "ID", "NAME", "STATE", "TIER", "SIZE", "CLUSTERS", "AUTO-STOP", "RUNNING / SESSIONS", "TROUBLE");
    }

    static Map<String, Object> members(WarehouseInfo info) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", info.id());
        json.put("name", info.name());
        json.put("state", info.state());
        json.put("tier", info.tier());
        info.size().ifPresent(size -> json.put("size", size.apiName()));
        info.scaling().ifPresent(scaling -> {
            json.put("min_clusters", scaling.minClusters());
            json.put("max_clusters", scaling.maxClusters());
            json.put("auto_stop_minutes", scaling.autoStop().toMinutes());
        });
        json.put("photon", info.photon());
        json.put("clusters", info.clusters());
        json.put("sessions", info.sessions());
        info.trouble().ifPresent(text -> json.put("trouble", text));
        return json;
    }

    private static String rest(Scaling scaling) {
        return scaling.autoStop().isZero() ? "never" : scaling.autoStop().toMinutes() + "m";
    }
}
