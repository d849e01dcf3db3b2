package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.Price;
import io.lakeport.localworkspace.billing.PriceList;
import io.lakeport.localworkspace.billing.Sku;
import io.lakeport.localworkspace.billing.UsageRecord;
import io.lakeport.localworkspace.cluster.ClusterFacts;
import io.lakeport.localworkspace.job.JobFacts;
import io.lakeport.localworkspace.job.RunFacts;
import io.lakeport.localworkspace.system.PlainTable;
import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTables;
import io.lakeport.localworkspace.system.WarehouseEventsTable;
import io.lakeport.localworkspace.system.WarehousesTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An invented past of the account: warehouses with working hours, clusters, jobs that run and sometimes fail, users,
 * their statements, a bill with corrections, prices that change. Ends yesterday, so that what really happens comes after
 * it. The same seed and day give the same rows. Immutable after it was made.
 */
public final class AccountHistory {
    private final PriceList prices;
    private final WarehouseLife warehouses;
    private final ClusterLife clusters;
    private final JobLife jobs;
    private final QueryLife queries;
    private final Corrections usage;
    private final KnownTotals totals;

    private AccountHistory(Dice dice, Calendar calendar) {
        prices = prices(calendar);
        warehouses = new WarehouseLife(dice, calendar);
        clusters = new ClusterLife(dice, calendar);
        jobs = new JobLife(dice, calendar, clusters);
        queries = new QueryLife(dice, warehouses.sessions());
        List<UsageRecord> all = Stream.of(warehouses.usage(), clusters.usage(), jobs.usage())
                .flatMap(List::stream)
                .toList();
        usage = Corrections.of(all, dice);
        // From what holds, not from what was told, so that a consumer who forgets retractions is found out.
        totals = KnownTotals.of(usage.right(), prices, jobs.failed());
    }

    /**
     * Makes a history that ends before a day.
     *
     * @param today the first day, UTC, that the history knows nothing of
     */
    public static AccountHistory generate(HistorySettings settings, LocalDate today) {
        return new AccountHistory(new Dice(settings.seed()), new Calendar(today.minusMonths(settings.months()), today));
    }

    /** Returns what a consumer must come to. */
    public KnownTotals totals() {
        return totals;
    }

    /** Returns the prices, which also hold for what happens after the history. */
    public PriceList prices() {
        return prices;
    }

    /** Two prices change inside the time: one rises, one falls. */
    private static PriceList prices(Calendar calendar) {
        List<Price> list = new ArrayList<>();
        for (Sku sku : Sku.values()) {
            if (sku == Sku.SERVERLESS_SQL) {
                change(list, sku, calendar.at(0.5), new BigDecimal("0.65"));
            } else if (sku == Sku.JOBS) {
                change(list, sku, calendar.at(0.4), new BigDecimal("0.22"));
            } else {
                list.add(new Price(sku, PriceList.BEGINNING, Optional.empty(), sku.listPrice()));
            }
        }
        return new PriceList(list);
    }

    private static void change(List<Price> list, Sku sku, Instant at, BigDecimal before) {
        list.add(new Price(sku, PriceList.BEGINNING, Optional.of(at), before));
        list.add(new Price(sku, at, Optional.empty(), sku.listPrice()));
    }

    /** Adds the history to system tables; its prices are for the caller to add. */
    public void addTo(SystemTables tables) {
        add(tables, "billing.usage", usage.told(), UsageRecord::row);
        add(tables, "compute.warehouses", warehouses.changes(), WarehousesTable::row);
        add(tables, "compute.warehouse_events", warehouses.events(), WarehouseEventsTable::row);
        add(tables, "compute.clusters", clusters.facts(), ClusterFacts::row);
        add(tables, "compute.clusters", jobs.clusterFacts(), ClusterFacts::row);
        add(tables, "compute.node_timeline", clusters.nodes(), Function.identity());
        add(tables, "compute.instance_events", clusters.instanceEvents(), Function.identity());
        add(tables, "query.history", queries.history(), Function.identity());
        add(tables, "access.audit", queries.audit(), Function.identity());
        add(tables, "lakeflow.jobs", jobs.jobs(), JobFacts::row);
        addAll(tables, "lakeflow.job_tasks", jobs.jobs(), JobFacts::taskRows);
        addAll(tables, "lakeflow.job_run_timeline", jobs.runs(), RunFacts::rows);
        addAll(tables, "lakeflow.job_task_run_timeline", jobs.runs(), RunFacts::taskRows);
    }

    private static <T> void add(SystemTables tables, String name, List<T> facts, Function<T, Row> row) {
        tables.add(
                PlainTable.past("system." + name, () -> facts.stream().map(row).toList()));
    }

    private static <T> void addAll(SystemTables tables, String name, List<T> facts, Function<T, List<Row>> rows) {
        tables.add(PlainTable.past(
                "system." + name,
                () -> facts.stream().map(rows).flatMap(List::stream).toList()));
    }
}
