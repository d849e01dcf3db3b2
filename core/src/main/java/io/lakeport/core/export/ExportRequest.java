package io.lakeport.core.export;

import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.sql.TableName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to export, and where to. Immutable.
 *
 * @param source table or view
 * @param target folder that receives the files, for example {@code s3://bucket/prefix/}
 * @param format name of a {@link TableWriterProvider}, for example {@code parquet}
 * @param partitionBy columns that become Hive directories; may be empty
 * @param watermark column that says when a row was added or last changed, for an incremental export; empty for a full
 *     one
 * @param settle how far an incremental window stays behind the workspace's clock, so that transactions still open at
 *     its end are not missed; not negative; used for timestamps only
 * @param options of the format
 */
public record ExportRequest(
        TableName source,
        URI target,
        String format,
        List<String> partitionBy,
        Optional<String> watermark,
        Duration settle,
        Map<String, String> options) {
    public ExportRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(watermark, "watermark");
        partitionBy = List.copyOf(partitionBy);
        options = Map.copyOf(options);
        if (target.getScheme() == null) {
            throw new IllegalArgumentException("export target '" + target
                    + "' has no scheme; expected for example s3://bucket/prefix/ or file:///data/orders/");
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle time " + settle + " is negative");
        }
        if (!target.toString().endsWith("/")) {
            target = URI.create(target + "/");
        }
    }

    /** Returns a full export as snappy Parquet without partitions. */
    public static ExportRequest full(TableName source, URI target) {
        return new ExportRequest(source, target, "parquet", List.of(), Optional.empty(), Duration.ZERO, Map.of());
    }

    /** Returns this request as an incremental export along a column. */
    public ExportRequest incremental(String watermarkColumn) {
        return new ExportRequest(source, target, format, partitionBy, Optional.of(watermarkColumn), settle, options);
    }

    /** Returns this request with Hive partitions. */
    public ExportRequest partitionedBy(List<String> columns) {
        return new ExportRequest(source, target, format, columns, watermark, settle, options);
    }

    /** Returns this request with options of the format. */
    public ExportRequest withOptions(Map<String, String> formatOptions) {
        return new ExportRequest(source, target, format, partitionBy, watermark, settle, formatOptions);
    }

    /** Returns this request with incremental windows that end this long before now. */
    public ExportRequest settling(Duration time) {
        return new ExportRequest(source, target, format, partitionBy, watermark, time, options);
    }
}
