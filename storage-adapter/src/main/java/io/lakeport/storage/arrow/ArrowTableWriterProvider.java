package io.lakeport.storage.arrow;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.partition.FileSettings;
import java.util.Locale;
import java.util.Set;

/**
 * Writes Arrow IPC, little-endian, uncompressed. Options: {@code form} ({@code file}: random access, ends in
 * {@code .arrow}; {@code stream}: ends in {@code .arrows}) and {@code max_file_bytes}.
 */
public final class ArrowTableWriterProvider implements TableWriterProvider {
    private static final String FORM = "form";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ArrowTableWriterProvider() {}

    @Override
    public String format() {
        return "arrow";
    }

    @Override
    public TableWriter open(TableWriterContext context) {
        Options options = Options.of("format arrow", context.options(), Set.of(FORM, FileSettings.MAX_FILE_BYTES));
        return new ArrowTableWriter(context, isFile(options), FileSettings.unpacked(options));
    }

    private static boolean isFile(Options options) {
        return switch (options.text(FORM).orElse("file").toLowerCase(Locale.ROOT)) {
            case "file" -> true;
            case "stream" -> false;
            default -> throw options.malformed(FORM, "expected file or stream");
        };
    }
}
