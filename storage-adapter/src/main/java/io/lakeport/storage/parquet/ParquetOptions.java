package io.lakeport.storage.parquet;

import io.lakeport.storage.option.Options;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Options of the format.
 *
 * @param codec compression of pages
 * @param level level of zstd, 1 to 22; without effect for the others
 * @param rowGroupBytes size at which a row group is closed, before compression; at least 64 KiB
 * @param maxFileBytes size after which a partition continues in another file; at least 64 KiB
 * @param bloomColumns leaf columns with a bloom filter, by their dotted path
 * @param fieldIds whether fields are numbered
 */
record ParquetOptions(
        CompressionCodecName codec,
        int level,
        long rowGroupBytes,
        long maxFileBytes,
        Set<String> bloomColumns,
        boolean fieldIds) {
    private static final String OWNER = "format parquet";
    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "compression_level";
    private static final String ROW_GROUP = "row_group_bytes";
    private static final String FILE = "max_file_bytes";
    private static final String BLOOM = "bloom_filter_columns";
    private static final String FIELD_IDS = "field_ids";
    private static final Set<String> KNOWN = Set.of(COMPRESSION, LEVEL, ROW_GROUP, FILE, BLOOM, FIELD_IDS);
    private static final long DEFAULT_ROW_GROUP = 32L << 20;
    private static final long DEFAULT_FILE = 512L << 20;
    private static final long SMALLEST = 64L << 10;
    private static final int DEFAULT_LEVEL = 3;
    private static final int HIGHEST_LEVEL = 22;

    static ParquetOptions of(Map<String, String> values) {
        Options options = Options.of(OWNER, values, KNOWN);
        return new ParquetOptions(
                codec(options),
                level(options),
                options.number(ROW_GROUP, SMALLEST, DEFAULT_ROW_GROUP),
                options.number(FILE, SMALLEST, DEFAULT_FILE),
                Set.copyOf(names(options.text(BLOOM).orElse(""))),
                options.flag(FIELD_IDS, false));
    }

    private static CompressionCodecName codec(Options options) {
        return switch (options.text(COMPRESSION).orElse("snappy").toLowerCase(Locale.ROOT)) {
            case "snappy" -> CompressionCodecName.SNAPPY;
            case "zstd" -> CompressionCodecName.ZSTD;
            case "uncompressed", "none" -> CompressionCodecName.UNCOMPRESSED;
            default -> throw options.malformed(COMPRESSION, "use snappy, zstd or uncompressed");
        };
    }

    private static int level(Options options) {
        long level = options.number(LEVEL, 1, DEFAULT_LEVEL);
        if (level > HIGHEST_LEVEL) {
            throw options.malformed(LEVEL, "expected 1 to " + HIGHEST_LEVEL);
        }
        return (int) level;
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * Refuses bloom filters of columns that are not there, or for which Parquet has none.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST naming the column and the nearest there is
     */
    void requireBloomColumns(MessageType schema) {
        Set<String> leaves = new HashSet<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            if (column.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN) {
                leaves.add(String.join(".", column.getPath()));
            }
        }
        Options.requireKnown("the schema of the files", "column for a bloom filter", bloomColumns, leaves);
    }
}
