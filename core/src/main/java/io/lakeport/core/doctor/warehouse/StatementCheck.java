package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a statement runs, waited for until it ends: a warehouse that starts answers PENDING, which is no failure. */
final class StatementCheck implements Check {
    static final String NAME = "sql";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(WarehouseCheck.NAME);
    }

    @Override
    public String tried(Visit visit) {
        return "SELECT 1 on warehouse " + visit.tenant().defaultWarehouse() + ", waited for until it ended";
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("compute/sql-warehouse/index");
    }

    @Override
    public Duration longest() {
        return Duration.ofDays(1);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        long began = System.nanoTime();
        String value;
        try {
            value = selectOne(visit, deadline);
        } catch (LakeportException e) {
            return StatementFailures.of(visit, e);
        }
        if (!"1".equals(value)) {
            return Outcome.failed(WarehouseCause.ANSWER_WRONG, "SELECT 1 returned '" + value + "', expected 1");
        }
        Optional<WarehouseInfo> before = visit.noted(WarehouseInfo.class);
        if (before.isPresent() && before.get().state() != WarehouseState.RUNNING) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return Outcome.warned(
                    WarehouseCause.WAREHOUSE_WAS_COLD,
                    "1, from warehouse " + before.get().name() + " ("
                            + before.get().tier() + "), which was "
                            + before.get().state() + " and had to start first; it took " + took.toMillis() + " ms");
        }
        return Outcome.passed(
                "1, from warehouse " + before.map(WarehouseInfo::name).orElse("without a name"));
    }

    private static String selectOne(Visit visit, Deadline deadline) {
        StatementRequest request =
                StatementRequest.of("SELECT 1").purpose(Purpose.DIAGNOSTICS).build(deadline);
        // The cursor closes the stream as well; closing twice does nothing.
        try (ResultStream stream = visit.patient().warehouse().get().execute(request);
                RowCursor cursor = visit.patient().rows().apply(stream)) {
            return cursor.next() ? String.valueOf(cursor.getObject(0)) : "no row";
        }
    }
}
