package io.lakeport.app.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** System tables. */
final class MonitoringWorlds {
    private static final List<String> SCHEMAS = List.of("billing", "compute", "lakeflow", "query", "access");
    private static final String UNITY = "/api/2.1/unity-catalog/";

    private MonitoringWorlds() {}

    static List<World> all() {
        return new World.Atlas()
                .fixable("nothing granted on system", "SYSTEM_CATALOG_USE_MISSING", s -> s.request.monitoring(true))
                .fixable("system granted and not its schemas", "SYSTEM_SCHEMA_USE_MISSING", s -> {
                    s.request.monitoring(true);
                    s.grant("USE CATALOG ON CATALOG system", "SELECT ON CATALOG system");
                })
                .fixable("USE SCHEMA granted on the catalog system, in vain", "SYSTEM_GRANT_WITHOUT_EFFECT", s -> {
                    s.request.monitoring(true);
                    s.grant(
                            "USE CATALOG ON CATALOG system",
                            "USE SCHEMA ON CATALOG system",
                            "SELECT ON CATALOG system");
                })
                .fixable("system schemas without SELECT", "SYSTEM_SELECT_MISSING", s -> {
                    s.request.monitoring(true);
                    s.grant("USE CATALOG ON CATALOG system");
                    SCHEMAS.forEach(schema -> s.grant("USE SCHEMA ON SCHEMA system." + schema));
                })
                .fixable("system schema that is not enabled", "SYSTEM_SCHEMA_DISABLED", s -> {
                    monitored(s);
                    s.admin.call("DELETE", UNITY + "metastores/" + metastore(s) + "/systemschemas/compute", "");
                })
                .healthy("no jobs appear, because none ran", "NO_RUNS_SEEN", MonitoringWorlds::monitored)
                .worlds();
    }

    private static void monitored(Scene s) {
        s.request.monitoring(true);
        s.grant("USE CATALOG ON CATALOG system", "SELECT ON CATALOG system");
        SCHEMAS.forEach(schema -> s.grant("USE SCHEMA ON SCHEMA system." + schema));
    }

    private static String metastore(Scene s) {
        Matcher id = Pattern.compile("\"metastore_id\":\"([^\"]+)\"")
                .matcher(s.admin.call("GET", UNITY + "current-metastore-assignment", ""));
        if (!id.find()) {
            throw new AssertionError("no metastore");
        }
        return id.group(1);
    }
}
