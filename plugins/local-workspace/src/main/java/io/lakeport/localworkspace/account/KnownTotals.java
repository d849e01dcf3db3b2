package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.billing.PriceList;
import io.lakeport.localworkspace.billing.UsageRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a consumer of a generated account history must come to, corrections included. Exact: quantities and prices have
 * at most three decimals, so that no engine rounds their products.
 *
 * @param all all usage
 * @param bySku by SKU name
 * @param byDay by day of usage, UTC
 * @param byJob by job id, jobs only
 * @param failedRuns runs of jobs that failed
 */
public record KnownTotals(
        Total all, Map<String, Total> bySku, Map<LocalDate, Total> byDay, Map<String, Total> byJob, long failedRuns) {
    /**
     * DBUs and their list cost.
     *
     * @param dbus quantity, retractions subtracted
     * @param listCostUsd quantity times the list price at the end of each record
     */
    public record Total(BigDecimal dbus, BigDecimal listCostUsd) {
        static final Total ZERO = new Total(BigDecimal.ZERO, BigDecimal.ZERO);

        Total plus(Total other) {
            return new Total(dbus.add(other.dbus), listCostUsd.add(other.listCostUsd));
        }
    }

    public KnownTotals {
        bySku = Collections.unmodifiableMap(new TreeMap<>(bySku));
        byDay = Collections.unmodifiableMap(new TreeMap<>(byDay));
        byJob = Collections.unmodifiableMap(new TreeMap<>(byJob));
    }

    static KnownTotals of(List<UsageRecord> usage, PriceList prices, long failedRuns) {
        Map<String, Total> bySku = new TreeMap<>();
        Map<LocalDate, Total> byDay = new TreeMap<>();
        Map<String, Total> byJob = new TreeMap<>();
        Total all = Total.ZERO;
        for (UsageRecord record : usage) {
            BigDecimal price = prices.at(record.sku(), record.end());
            Total one = new Total(record.quantity(), record.quantity().multiply(price));
            all = all.plus(one);
            bySku.merge(record.sku().skuName(), one, Total::plus);
            byDay.merge(record.date(), one, Total::plus);
            String job = record.metadata().get("job_id");
            if (job != null) {
                byJob.merge(job, one, Total::plus);
            }
        }
        return new KnownTotals(all, bySku, byDay, byJob, failedRuns);
    }
}
