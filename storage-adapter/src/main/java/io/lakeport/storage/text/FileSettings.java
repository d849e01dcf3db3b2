package io.lakeport.storage.text;

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
    private static final String FILE = "max_file_bytes";
    private static final long DEFAULT_FILE = 512L << 20;
    private static final long SMALLEST = 64L << 10;

    /** Names of the options that are read here. */
    public static final Set<String> KNOWN = Set.of(COMPRESSION, FILE);

    /** Reads the settings from a format's options. */
    public static FileSettings of(Options options) {
        return new FileSettings(packing(options), options.number(FILE, SMALLEST, DEFAULT_FILE));
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
