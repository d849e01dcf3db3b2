package io.lakeport.localworkspace.billing;

import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementHistory;
import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code system.billing.attributed_usage}: the part of each warehouse-hour that each statement used. Statements share an
 * hour by the time they executed in it; what nobody used is attributed to nobody.
 */
public final class AttributedUsageTable implements SystemTable {
    private static final int SCALE = 18;

    private final UsageSource warehouses;
    private final StatementHistory history;
    private final Clock clock;

    /** Creates the table. */
    public AttributedUsageTable(UsageSource warehouses, StatementHistory history, Clock clock) {
        this.warehouses = warehouses;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "system.billing.attributed_usage";
    }

    /** The execution of a statement inside one hour of its warehouse. */
    private record Share(QueryRecord statement, Instant from, Instant to) {
        long nanos() {
            return Duration.between(from, to).toNanos();
        }
    }

    @Override
    public List<Row> recent() {
        List<QueryRecord> ended = history.newestFirst().stream()
                .filter(record ->
                        record.executedAt().isPresent() && record.endedAt().isPresent())
                .toList();
        List<Row> rows = new ArrayList<>();
        for (UsageRecord usage : warehouses.usage(clock.instant())) {
            List<Share> shares = shares(usage, ended);
            long busy = shares.stream().mapToLong(Share::nanos).sum();
            long whole =
                    Math.max(busy, Duration.between(usage.start(), usage.end()).toNanos());
            shares.forEach(share -> rows.add(row(usage, share, whole)));
        }
        return rows;
    }

    private static List<Share> shares(UsageRecord usage, List<QueryRecord> ended) {
        List<Share> shares = new ArrayList<>();
        for (QueryRecord record : ended) {
            Instant began = record.executedAt().orElseThrow();
            Instant end = record.endedAt().orElseThrow();
            Instant from = began.isAfter(usage.start()) ? began : usage.start();
            Instant to = end.isBefore(usage.end()) ? end : usage.end();
            if (record.warehouseId().equals(usage.metadata().get("warehouse_id")) && from.isBefore(to)) {
                shares.add(new Share(record, from, to));
            }
        }
        return shares;
    }

    private static Row row(UsageRecord usage, Share share, long whole) {
        QueryRecord statement = share.statement();
        BigDecimal part = usage.quantity()
                .multiply(BigDecimal.valueOf(share.nanos()))
                .divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.DOWN);
        String key = usage.recordId() + statement.statementId();
        return Row.ofWorkspace()
                .put(
                        "record_id",
                        UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put(
                        "usage_metadata",
                        Map.of(
                                "dbsql_statement_id",
                                statement.statementId(),
                                "warehouse_id",
                                statement.warehouseId(),
                                "client_application",
                                statement.clientApplication()))
                .put("identity_metadata", Map.of("executed_by", statement.user()))
                .put("start_time", share.from())
                .put("end_time", share.to())
                .put("usage_date", usage.date())
                .put("usage_unit", "DBU")
                .put("active_usage_quantity", part.toPlainString())
                .put("granular_tags", Map.of("query_tags", statement.queryTags()))
                .put("usage_record_ids", List.of(usage.recordId()))
                .put("sku_name", usage.sku().skuName())
                .put("cloud", "AWS")
                .put("billing_origin_product", usage.sku().product())
                .put("custom_tags", usage.tags());
    }
}
