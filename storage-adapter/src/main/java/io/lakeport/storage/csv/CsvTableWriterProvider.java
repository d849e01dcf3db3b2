package io.lakeport.storage.csv;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.storage.text.LineTableWriter;

/**
 * Writes CSV by RFC 4180, UTF-8 without byte order mark. NULL is an empty cell, the empty text is {@code ""}. Options:
 * {@code delimiter}, {@code quote}, {@code header}, {@code null}, {@code line_end} ({@code crlf}, {@code lf}),
 * {@code binary} ({@code base64}, {@code hex}), {@code compression} ({@code none}, {@code gzip}, {@code zstd}) and
 * {@code max_file_bytes}.
 *
 * <p>Texts are written as they are. A spreadsheet takes a cell that begins with {@code =}, {@code +}, {@code -} or
 * {@code @} for a formula; such cells are not changed, because a changed text is wrong for every other reader.
 */
public final class CsvTableWriterProvider implements TableWriterProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public CsvTableWriterProvider() {}

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public TableWriter open(TableWriterContext context) {
        CsvOptions options = CsvOptions.of(context.options());
        return new LineTableWriter(context, new CsvFormat(options), options.files());
    }
}
