package io.lakeport.warehouse.result;

import io.lakeport.core.query.ResultSchema;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the server says of a result before any of it is read.
 *
 * @param format {@code ARROW_STREAM}, {@code JSON_ARRAY} or {@code CSV}; the server has the last word
 * @param compressed whether chunks travel as LZ4 frames
 * @param schema the columns
 * @param chunks how many chunks there are
 * @param rows how many rows there are
 * @param bytes bytes of all chunks before compression
 * @param truncated whether a limit cut the result
 */
public record ResultManifest(
        String format,
        boolean compressed,
        ResultSchema schema,
        OptionalLong chunks,
        OptionalLong rows,
        OptionalLong bytes,
        boolean truncated) {
    public ResultManifest {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(chunks, "chunks");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(bytes, "bytes");
    }
}
