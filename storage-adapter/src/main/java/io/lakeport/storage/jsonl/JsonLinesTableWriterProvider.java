package io.lakeport.storage.jsonl;

import io.lakeport.core.format.TableWriter;
import io.lakeport.core.format.TableWriterContext;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.storage.text.LineTableWriter;

/**
 * Writes JSON Lines (https://jsonlines.org): UTF-8, one object a row, {@code \n} after each. Options:
 * {@code exact_numbers} ({@code auto}, {@code number}, {@code text}), {@code non_finite} ({@code text}, {@code null}), {@code maps}
 * ({@code object}, {@code entries}), {@code nulls} ({@code keep}, {@code drop}), {@code ascii}, {@code binary}
 * ({@code base64}, {@code hex}), {@code compression} ({@code none}, {@code gzip}, {@code zstd}) and
 * {@code max_file_bytes}.
 */
public final class JsonLinesTableWriterProvider implements TableWriterProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public JsonLinesTableWriterProvider() {}

    @Override
    public String format() {
        return "jsonl";
    }

    @Override
    public TableWriter open(TableWriterContext context) {
        JsonLinesOptions options = JsonLinesOptions.of(context.options());
        return new LineTableWriter(context, new JsonLinesFormat(options.rules()), options.files());
    }
}
