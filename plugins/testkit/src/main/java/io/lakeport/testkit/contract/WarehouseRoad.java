package io.lakeport.testkit.contract;

import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.sql.TableName;
import java.time.Duration;
import java.util.Optional;

/** What an adapter supplies, so that its warehouse can be held to {@link WarehouseContract}. */
public interface WarehouseRoad {
    /**
     * Opens a warehouse of a workspace that runs; the contract closes it.
     *
     * @param budget all that the warehouse may hold at once
     */
    Warehouse open(MemoryBudget budget);

    /** Returns a table that does not exist and may be created and dropped; empty when the identity may not write. */
    default Optional<TableName> scratchTable() {
        return Optional.empty();
    }

    /** Returns a statement that runs for minutes and can be cancelled. */
    default String slowStatement() {
        return "SELECT sum(a.id * b.id) AS s FROM range(100000000) AS a CROSS JOIN range(1000000) AS b";
    }

    /** Returns how long a statement of the contract may take; longer where warehouses start from cold. */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }

    /** Returns whether the engine has year-month and day-time intervals; Databricks has. */
    default boolean hasIntervals() {
        return true;
    }
}
