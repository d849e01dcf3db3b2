package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.identity.IdentityCause;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseState;
import java.time.Duration;
import java.util.Optional;

/** Why SELECT 1 did not come back; the warehouse is looked at again, for what it says of itself now. */
final class StatementFailures {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private StatementFailures() {}

    static Outcome of(Visit visit, LakeportException e) {
        if (e.is(CoreError.ACCESS_DENIED)) {
            return Outcome.failed(
                    e.getMessage().contains("entitlement")
                            ? IdentityCause.SQL_ACCESS_MISSING
                            : WarehouseCause.WAREHOUSE_USE_MISSING,
                    e);
        }
        if (e.is(CoreError.OBJECT_NOT_FOUND)) {
            return Outcome.failed(
                    namesCatalog(e) ? WarehouseCause.DEFAULT_CATALOG_MISSING : WarehouseCause.WAREHOUSE_NOT_FOUND, e);
        }
        if (e.is(CoreError.RATE_LIMITED) || e.is(CoreError.HOST_UNREACHABLE)) {
            return Outcome.failed(CommonCause.of(e), e);
        }
        return byState(visit, e);
    }

    private static boolean namesCatalog(LakeportException e) {
        return e.getMessage().contains("CATALOG") || e.getMessage().contains("SCHEMA");
    }

    private static Outcome byState(Visit visit, LakeportException e) {
        Optional<WarehouseInfo> now = look(visit);
        String result = e.getMessage()
                + now.map(info -> "; warehouse " + info.name() + " is " + info.state()
                                + info.trouble().map(what -> ": " + what).orElse(""))
                        .orElse("");
        boolean late = e.is(CoreError.DEADLINE_EXCEEDED);
        WarehouseState state = now.map(WarehouseInfo::state).orElse(WarehouseState.UNKNOWN);
        if (late && state == WarehouseState.RUNNING) {
            return Outcome.failed(WarehouseCause.WAREHOUSE_BUSY, e, result);
        }
        if (late && state == WarehouseState.STARTING) {
            return Outcome.failed(WarehouseCause.WAREHOUSE_STILL_STARTING, e, result);
        }
        if (e.is(CoreError.WAREHOUSE_UNAVAILABLE)
                || now.flatMap(WarehouseInfo::trouble).isPresent()) {
            return Outcome.failed(WarehouseCause.WAREHOUSE_DOES_NOT_START, e, result);
        }
        return e.is(CoreError.STATEMENT_FAILED) || e.is(CoreError.INVALID_ARGUMENT)
                ? Outcome.failed(WarehouseCause.STATEMENT_REFUSED, e, result)
                : Outcome.failed(CommonCause.of(e), e, result);
    }

    private static Optional<WarehouseInfo> look(Visit visit) {
        try {
            return Optional.of(visit.patient()
                    .controlPlane()
                    .get()
                    .warehouses()
                    .get(visit.tenant().defaultWarehouse(), Deadline.after(LOOK)));
        } catch (LakeportException e) {
            // Only to say more about the failure that is told anyway.
            return Optional.empty();
        }
    }
}
