package io.lakeport.core.export.request;

import io.lakeport.core.manifest.ExportMode;
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
 * @param format name of a {@link io.lakeport.core.format.TableWriterProvider}, for example {@code parquet}
 * @param columns columns to export, in this order; empty for all
 * @param partitionBy what becomes Hive directories; may be empty
 * @param mode what happens to what the target holds
 * @param increment how to find what is new, empty for a full export
 * @param keys columns that identify a row; needed for {@link ExportMode#MERGE}, and for an incremental OVERWRITE that
 *     merging runs will continue; otherwise empty
 * @param engine which way the rows take
 * @param options of the format
 */
public record ExportRequest(
        TableName source,
        URI target,
        String format,
        List<String> columns,
        List<PartitionField> partitionBy,
        ExportMode mode,
        Optional<Increment> increment,
        List<String> keys,
        EngineChoice engine,
        Map<String, String> options) {
    public ExportRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(increment, "increment");
        Objects.requireNonNull(engine, "engine");
        columns = List.copyOf(columns);
        partitionBy = List.copyOf(partitionBy);
        keys = List.copyOf(keys);
        options = Map.copyOf(options);
        if (target.getScheme() == null) {
            throw new IllegalArgumentException("export target '" + target
                    + "' has no scheme; expected for example s3://bucket/prefix/ or file:///data/orders/");
        }
        if (!target.toString().endsWith("/")) {
            target = URI.create(target + "/");
        }
        checkMode(mode, increment, keys, partitionBy);
    }

    private static void checkMode(
            ExportMode mode, Optional<Increment> increment, List<String> keys, List<PartitionField> partitionBy) {
        boolean merges = mode == ExportMode.MERGE || mode == ExportMode.OVERWRITE && increment.isPresent();
        if (keys.isEmpty() ? mode == ExportMode.MERGE : !merges) {
            throw new IllegalArgumentException(
                    mode == ExportMode.MERGE
                            ? "a merging export needs the columns that identify a row; give keys"
                            : "the keys " + keys + " are used by a merging export only; leave them out or merge");
        }
        if (mode == ExportMode.OVERWRITE_PARTITIONS && partitionBy.isEmpty()) {
            throw new IllegalArgumentException("an export that overwrites partitions needs partition columns");
        }
        if (increment.isPresent() && mode == ExportMode.CREATE) {
            throw new IllegalArgumentException("an incremental export appends, merges or overwrites partitions; give"
                    + " OVERWRITE to begin it again from the start");
        }
    }

    /** Returns a full export as snappy Parquet without partitions, to a target that holds none yet. */
    public static ExportRequest full(TableName source, URI target) {
        return builder(source, target).build();
    }

    /** Begins a request; a full export as Parquet when nothing else is said. */
    public static Builder builder(TableName source, URI target) {
        return new Builder(source, target);
    }

    /** Returns a builder that holds what this request says. */
    public Builder toBuilder() {
        Builder builder = new Builder(source, target)
                .format(format)
                .columns(columns)
                .partitionFields(partitionBy)
                .mode(mode)
                .keys(keys)
                .engine(engine)
                .options(options);
        builder.increment = increment;
        return builder;
    }

    /** Returns this request as an incremental export along a column, which appends. */
    public ExportRequest incremental(String watermarkColumn) {
        return toBuilder().increment(Increment.along(watermarkColumn)).build();
    }

    /** Returns this request with Hive partitions; see {@link PartitionField#parse}. */
    public ExportRequest partitionedBy(List<String> fields) {
        return toBuilder().partitionBy(fields).build();
    }

    /** Returns this request with options of the format. */
    public ExportRequest withOptions(Map<String, String> formatOptions) {
        return toBuilder().options(formatOptions).build();
    }

    /**
     * Returns this request with incremental windows that end this long before now.
     *
     * @throws java.util.NoSuchElementException when it is not incremental
     */
    public ExportRequest settling(Duration time) {
        return toBuilder().increment(increment.orElseThrow().settling(time)).build();
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {
        private final TableName source;
        private final URI target;
        private String format = "parquet";
        private List<String> columns = List.of();
        private List<PartitionField> partitionBy = List.of();
        private ExportMode mode = ExportMode.CREATE;
        private Optional<Increment> increment = Optional.empty();
        private List<String> keys = List.of();
        private EngineChoice engine = EngineChoice.AUTO;
        private Map<String, String> options = Map.of();

        private Builder(TableName source, URI target) {
            this.source = source;
            this.target = target;
        }

        /** Sets the file format; {@code parquet} when not set. */
        public Builder format(String name) {
            this.format = name;
            return this;
        }

        /** Sets the columns to export, in this order; all when not set. */
        public Builder columns(List<String> names) {
            this.columns = names;
            return this;
        }

        /** Sets what becomes directories; see {@link PartitionField#parse}. */
        public Builder partitionBy(List<String> fields) {
            return partitionFields(fields.stream().map(PartitionField::parse).toList());
        }

        /** Sets what becomes directories. */
        public Builder partitionFields(List<PartitionField> fields) {
            this.partitionBy = fields;
            return this;
        }

        /** Sets what happens to what the target holds; CREATE when not set, APPEND for an incremental export. */
        public Builder mode(ExportMode what) {
            this.mode = what;
            return this;
        }

        /** Makes the export incremental. */
        public Builder increment(Increment how) {
            this.increment = Optional.of(how);
            this.mode = mode == ExportMode.CREATE ? ExportMode.APPEND : mode;
            return this;
        }

        /** Sets the columns that identify a row, which makes the export merge unless it overwrites. */
        public Builder keys(List<String> names) {
            this.keys = names;
            this.mode = names.isEmpty() || mode == ExportMode.OVERWRITE ? mode : ExportMode.MERGE;
            return this;
        }

        /** Sets which way the rows take; AUTO when not set. */
        public Builder engine(EngineChoice choice) {
            this.engine = choice;
            return this;
        }

        /** Sets options of the format. */
        public Builder options(Map<String, String> formatOptions) {
            this.options = formatOptions;
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalArgumentException naming what does not go together
         */
        public ExportRequest build() {
            return new ExportRequest(
                    source, target, format, columns, partitionBy, mode, increment, keys, engine, options);
        }
    }
}
