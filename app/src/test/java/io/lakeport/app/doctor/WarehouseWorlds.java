package io.lakeport.app.doctor;

import io.lakeport.localworkspace.access.ObjectType;
import io.lakeport.localworkspace.access.PermissionLevel;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultyAnswer;
import io.lakeport.localworkspace.warehouse.Warehouse;
import io.lakeport.localworkspace.warehouse.WarehouseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The warehouse: its right, its state, and what it runs. */
final class WarehouseWorlds {
    private static final String WAREHOUSE = "/api/2.0/sql/warehouses/*";
    private static final String STATEMENTS = "/api/2.0/sql/statements";

    private WarehouseWorlds() {}

    static List<World> all() {
        World.Atlas atlas = new World.Atlas();
        rights(atlas);
        states(atlas);
        statements(atlas);
        return atlas.worlds();
    }

    private static FaultyAnswer answer(int status, FaultyAnswer.Body body) {
        return new FaultyAnswer(status, Optional.empty(), Optional.empty(), body, Optional.empty());
    }

    private static Warehouse own(Scene s) {
        Warehouse made = s.workspace.warehouses().create(WarehouseSettings.serverless("of " + s.number));
        s.workspace.permissions().created(ObjectType.WAREHOUSES, made.id(), s.workspace.principal());
        s.workspace.permissions().openToUsers(ObjectType.WAREHOUSES, made.id());
        s.tenant.put("warehouse_id", made.id());
        return made;
    }

    private static void allow(Scene s, Map<Long, PermissionLevel> levels) {
        Map<Long, PermissionLevel> all = new LinkedHashMap<>(levels);
        all.put(s.workspace.principal().id(), PermissionLevel.IS_OWNER);
        s.workspace.permissions().write(ObjectType.WAREHOUSES, own(s).id(), all);
    }

    private static void rights(World.Atlas atlas) {
        atlas.fixable("no permission on the warehouse", "WAREHOUSE_USE_MISSING", s -> allow(s, Map.of()))
                .fixable(
                        "warehouse may be seen and not used",
                        "WAREHOUSE_USE_MISSING",
                        s -> allow(s, Map.of(s.principal.id(), PermissionLevel.CAN_VIEW)))
                .healthy(
                        "CAN USE and nothing more",
                        "WAREHOUSE_WAS_COLD",
                        s -> allow(s, Map.of(s.principal.id(), PermissionLevel.CAN_USE)));
    }

    private static void states(World.Atlas atlas) {
        atlas.broken(
                        "warehouse id of nowhere",
                        "WAREHOUSE_NOT_FOUND",
                        s -> s.tenant.put("warehouse_id", "ffffffffffffffff"))
                .broken(
                        "name in place of the warehouse id",
                        "WAREHOUSE_NOT_FOUND",
                        s -> s.tenant.put("warehouse_id", "Local-warehouse"))
                .broken(
                        "warehouse deleted",
                        "WAREHOUSE_NOT_FOUND",
                        s -> s.workspace.warehouses().delete(own(s)))
                .broken("warehouse needs longer to start than there is time", "WAREHOUSE_STILL_STARTING", s -> {
                    own(s).coldStart(Duration.ofMinutes(5));
                    s.timeout = Duration.ofSeconds(3);
                })
                .broken("warehouse so busy that nothing begins", "WAREHOUSE_BUSY", s -> {
                    s.workspace
                            .faults()
                            .when(FaultMatch.statementLike("SELECT 1"))
                            .hang();
                    s.timeout = Duration.ofSeconds(3);
                })
                .broken(
                        "warehouse that finds no capacity to start",
                        "WAREHOUSE_DOES_NOT_START",
                        s -> own(s).failStarts(
                                        "Cluster launch failed: the cloud provider has no capacity for this instance type"))
                .broken(
                        "warehouse that a quota keeps from starting",
                        "WAREHOUSE_DOES_NOT_START",
                        s -> own(s).failStarts(
                                        "Azure Quota Exceeded Exception: operation results in exceeding the quota of cores"))
                .healthy("warehouse stopped, starts in time", "WAREHOUSE_WAS_COLD", s -> own(s).stop())
                .healthy("warehouse about to stop", "WAREHOUSE_WAS_COLD", s -> {
                    Warehouse warehouse = own(s);
                    warehouse.start();
                    warehouse.coldStart(Duration.ofMillis(1));
                    warehouse.beginStop();
                })
                .healthy(
                        "warehouse starting already: PENDING is no failure",
                        "WAREHOUSE_WAS_COLD",
                        s -> own(s).coldStart(Duration.ofSeconds(1)))
                .broken(
                        "warehouses API limits requests",
                        "RATE_LIMITED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.request("GET", WAREHOUSE))
                                .answer(429))
                .broken(
                        "warehouses API under maintenance",
                        "WORKSPACE_UNAVAILABLE",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.request("GET", WAREHOUSE))
                                .answer(503));
    }

    private static void statements(World.Atlas atlas) {
        atlas.broken(
                        "statements are limited",
                        "RATE_LIMITED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.request("POST", STATEMENTS))
                                .answer(429))
                .broken(
                        "statement fails inside the warehouse",
                        "STATEMENT_REFUSED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.statementLike("SELECT 1"))
                                .fail("INTERNAL_ERROR", "XX000", "Photon gave up"))
                .broken(
                        "storage of results behind a firewall",
                        "RESULTS_UNREACHABLE",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/cloudfetch/**"))
                                .blockStorage())
                .broken(
                        "storage of results that admits other networks only",
                        "RESULTS_REFUSED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/cloudfetch/**"))
                                .answer(answer(403, FaultyAnswer.Body.XML)))
                .broken(
                        "proxy that answers for the storage of results",
                        "RESULTS_REFUSED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.any().path("/cloudfetch/**"))
                                .answer(answer(200, FaultyAnswer.Body.HTML)))
                .broken(
                        "default catalog that is not there",
                        "DEFAULT_CATALOG_MISSING",
                        s -> s.tenant.put("catalog", "nowhere"));
    }
}
