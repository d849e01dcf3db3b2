package io.lakeport.storage.parquet;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Options of the format.
 *
 * @param codec compression of pages
 * @param rowGroupBytes size at which a row group is closed, before compression; at least 64 KiB
 * @param maxFileBytes size after which a partition continues in another file; at least 64 KiB
 */
record ParquetOptions(CompressionCodecName codec, long rowGroupBytes, long maxFileBytes) {
    private static final String COMPRESSION = "compression";
    private static final String ROW_GROUP = "row_group_bytes";
    private static final String FILE = "max_file_bytes";
    private static final Set<String> KNOWN = Set.of(COMPRESSION, ROW_GROUP, FILE);
    private static final long DEFAULT_ROW_GROUP = 64L << 20;
    private static final long DEFAULT_FILE = 512L << 20;
    private static final long SMALLEST = 64L << 10;

    static ParquetOptions of(Map<String, String> options) {
        for (String name : options.keySet()) {
            if (!KNOWN.contains(name)) {
                throw illegal("option '" + name + "' is unknown; known are " + new TreeSet<>(KNOWN));
            }
        }
        return new ParquetOptions(
                codec(options.getOrDefault(COMPRESSION, "snappy")),
                bytes(options, ROW_GROUP, DEFAULT_ROW_GROUP),
                bytes(options, FILE, DEFAULT_FILE));
    }

    private static CompressionCodecName codec(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "snappy" -> CompressionCodecName.SNAPPY;
            case "zstd" -> CompressionCodecName.ZSTD;
            case "uncompressed", "none" -> CompressionCodecName.UNCOMPRESSED;
            default -> throw illegal("compression '" + name + "' is unknown; use snappy, zstd or uncompressed");
        };
    }

    private static long bytes(Map<String, String> options, String name, long absent) {
        String text = options.get(name);
        if (text == null) {
            return absent;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= SMALLEST) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, together with numbers that are too small.
        }
        throw illegal("option '" + name + "' is '" + text + "'; give a number of bytes from " + SMALLEST);
    }

    private static LakeportException illegal(String message) {
        return new LakeportException(CoreError.INVALID_ARGUMENT, "Parquet " + message);
    }
}
