package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.identity.IdentityCause;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the warehouse is there, may be seen, and how it stands. */
final class WarehouseCheck implements Check {
    static final String NAME = "warehouse";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of("sign-in");
    }

    @Override
    public String tried(Visit visit) {
        return "GET " + visit.tenant().host() + "/api/2.0/sql/warehouses/"
                + visit.tenant().defaultWarehouse();
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("compute/sql-warehouse/index");
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        WarehouseControl warehouses = visit.patient().controlPlane().get().warehouses();
        try {
            WarehouseInfo info = warehouses.get(visit.tenant().defaultWarehouse(), deadline);
            visit.note(WarehouseInfo.class, info);
            return judged(info);
        } catch (LakeportException e) {
            return refused(e, warehouses, deadline);
        }
    }

    private static Outcome judged(WarehouseInfo info) {
        String how = info.name() + " (" + info.tier() + ") is " + info.state()
                + info.trouble().map(what -> ": " + what).orElse("");
        return switch (info.state()) {
            case DELETING, DELETED -> Outcome.failed(WarehouseCause.WAREHOUSE_DELETED, how);
            default -> Outcome.passed(how);
        };
    }

    private static Outcome refused(LakeportException e, WarehouseControl warehouses, Deadline deadline) {
        if (e.is(CoreError.OBJECT_NOT_FOUND) || e.is(CoreError.INVALID_ARGUMENT)) {
            return Outcome.failed(WarehouseCause.WAREHOUSE_NOT_FOUND, e, e.getMessage() + others(warehouses, deadline));
        }
        if (e.is(CoreError.ACCESS_DENIED)) {
            return Outcome.failed(
                    e.getMessage().contains("entitlement")
                            ? IdentityCause.SQL_ACCESS_MISSING
                            : WarehouseCause.WAREHOUSE_USE_MISSING,
                    e);
        }
        return Outcome.failed(CommonCause.of(e), e);
    }

    private static String others(WarehouseControl warehouses, Deadline deadline) {
        try {
            String seen = warehouses.list(deadline).stream()
                    .limit(20)
                    .map(one -> one.name() + " (" + one.id() + ")")
                    .collect(Collectors.joining(", "));
            return seen.isEmpty() ? "; this identity sees no warehouse" : "; this identity sees: " + seen;
        } catch (LakeportException e) {
            // The list was only to help; that it cannot be had is another check's to say.
            return "";
        }
    }
}
