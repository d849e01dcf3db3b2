package io.lakeport.localworkspace.billing;

import io.lakeport.localworkspace.system.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * A record of {@code system.billing.usage}, within one hour.
 *
 * @param recordId unique id
 * @param sku what was used
 * @param start beginning, UTC
 * @param end end, not after the end of that hour
 * @param quantity DBUs; negative in a retraction
 * @param recordType ORIGINAL, RETRACTION or RESTATEMENT
 * @param ingested day on which the record appeared
 * @param tags custom tags of the compute
 * @param metadata what used it: {@code warehouse_id}, {@code job_id} and so on
 * @param identity who used it: {@code run_as} and so on
 * @param features fields of {@code product_features}
 */
public record UsageRecord(
        String recordId,
        Sku sku,
        Instant start,
        Instant end,
        BigDecimal quantity,
        String recordType,
        LocalDate ingested,
        Map<String, String> tags,
        Map<String, String> metadata,
        Map<String, String> identity,
        Map<String, Object> features) {
    public UsageRecord {
        tags = Map.copyOf(tags);
        metadata = Map.copyOf(metadata);
        identity = Map.copyOf(identity);
        features = Map.copyOf(features);
    }

    /** Returns the same usage under another id, type and quantity, told on another day. */
    public UsageRecord corrected(String id, String type, BigDecimal dbus, LocalDate on) {
        return new UsageRecord(id, sku, start, end, dbus, type, on, tags, metadata, identity, features);
    }

    /** Returns the day of the usage, UTC. */
    public LocalDate date() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** Returns its row. */
    public Row row() {
        return Row.ofWorkspace()
                .put("record_id", recordId)
                .put("sku_name", sku.skuName())
                .put("cloud", "AWS")
                .put("usage_start_time", start)
                .put("usage_end_time", end)
                .put("usage_date", date())
                .put("custom_tags", tags)
                .put("usage_unit", "DBU")
                .put("usage_quantity", quantity.toPlainString())
                .put("usage_metadata", metadata)
                .put("identity_metadata", identity)
                .put("record_type", recordType)
                .put("ingestion_date", ingested)
                .put("billing_origin_product", sku.product())
                .put("product_features", features)
                .put("usage_type", "COMPUTE_TIME");
    }
}
