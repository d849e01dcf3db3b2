package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One open warehouse under test. Closing it asserts that no byte of its budget is still held. */
final class WarehouseRun implements AutoCloseable {
    static final long DEFAULT_BUDGET = 64L << 20;

    private final WarehouseRoad road;
    private final MemoryBudget budget;
    private final Warehouse warehouse;

    private WarehouseRun(WarehouseRoad road, MemoryBudget budget) {
        this.road = road;
        this.budget = budget;
        this.warehouse = road.open(budget);
    }

    static WarehouseRun on(WarehouseRoad road) {
        return withBudget(road, DEFAULT_BUDGET);
    }

    static WarehouseRun withBudget(WarehouseRoad road, long bytes) {
        return new WarehouseRun(road, MemoryBudget.of("contract", bytes));
    }

    Warehouse warehouse() {
        return warehouse;
    }

    MemoryBudget budget() {
        return budget;
    }

    StatementRequest request(String sql, SqlParameter... parameters) {
        return builder(sql, parameters).build(deadline());
    }

    StatementRequest.Builder builder(String sql, SqlParameter... parameters) {
        StatementRequest.Builder builder = StatementRequest.of(sql).purpose(Purpose.DIAGNOSTICS);
        for (SqlParameter parameter : parameters) {
            builder.parameter(parameter);
        }
        return builder;
    }

    Deadline deadline() {
        return Deadline.after(road.patience());
    }

    ResultStream execute(String sql, SqlParameter... parameters) {
        return warehouse.execute(request(sql, parameters));
    }

    RowCursor cursor(String sql, SqlParameter... parameters) {
        return ArrowRowCursor.over(execute(sql, parameters));
    }

    /** Returns every row, each as the Java objects of its columns. */
    List<List<@Nullable Object>> rows(String sql, SqlParameter... parameters) {
        try (RowCursor cursor = cursor(sql, parameters)) {
            return read(cursor);
        }
    }

    static List<List<@Nullable Object>> read(RowCursor cursor) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (cursor.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int column = 0; column < cursor.schema().size(); column++) {
                row.add(cursor.getObject(column));
            }
            rows.add(Collections.unmodifiableList(row));
        }
        return rows;
    }

    /** Returns the only value of the only row. */
    @Nullable
    Object value(String sql, SqlParameter... parameters) {
        List<List<@Nullable Object>> rows = rows(sql, parameters);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0)).hasSize(1);
        return rows.get(0).get(0);
    }

    @Override
    public void close() {
        warehouse.close();
        assertThat(budget.used())
                .as("bytes of the memory budget still held after everything was closed")
                .isZero();
    }
}
