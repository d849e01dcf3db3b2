package io.lakeport.storage.partition;

import io.lakeport.storage.option.Options;
import java.util.Locale;
import java.util.Set;

/**
 * How lines are put into files.
 *
 * @param packing compression
 * @param maxFileBytes size after which a partition continues in another file, after compression; at least 64 KiB
 */
public record FileSettings(Packing packing, long maxFileBytes) {
    private static final String COMPRESSION = "compression";
    /** Name of the option that says when a file is large enough. */
    public static final String MAX_FILE_BYTES = "max_file_bytes";

    private static final long DEFAULT_FILE = 512L << 20;
    private static final long SMALLEST = 64L << 10;

    /** Names of the options that are read here. */
    public static final Set<String> KNOWN = Set.of(COMPRESSION, MAX_FILE_BYTES);

    /** Reads the settings from a format's options. */
    public static FileSettings of(Options options) {
        return new FileSettings(packing(options), options.number(MAX_FILE_BYTES, SMALLEST, DEFAULT_FILE));
    }

    /** Reads the settings of a format without compression. */
    public static FileSettings unpacked(Options options) {
        return new FileSettings(Packing.NONE, options.number(MAX_FILE_BYTES, SMALLEST, DEFAULT_FILE));
    }

    private static Packing packing(Options options) {
        return switch (options.text(COMPRESSION).orElse("none").toLowerCase(Locale.ROOT)) {
            case "none", "uncompressed" -> Packing.NONE;
            case "gzip" -> Packing.GZIP;
            case "zstd" -> Packing.ZSTD;
            default -> throw options.malformed(COMPRESSION, "expected none, gzip or zstd");
        };
    }
}
