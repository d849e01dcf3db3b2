package io.lakeport.warehouse.result;

import io.lakeport.core.query.ResultSchema;
import java.util.List;
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
 * @param shapes of the chunks, in order; empty or partial when the server does not say
 * @param truncated whether a limit cut the result
 */
public record ResultManifest(
        String format,
        boolean compressed,
        ResultSchema schema,
        OptionalLong chunks,
        OptionalLong rows,
        OptionalLong bytes,
        List<ChunkShape> shapes,
        boolean truncated) {
    public ResultManifest {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(chunks, "chunks");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(bytes, "bytes");
        shapes = List.copyOf(shapes);
    }

    /**
     * What the server says of a chunk before it is there.
     *
     * @param index position in the result, from 0
     * @param rowOffset rows of the result before it
     * @param rowCount rows in it
     */
    public record ChunkShape(long index, long rowOffset, long rowCount) {
        public ChunkShape {
            if (index < 0 || rowOffset < 0 || rowCount < 0) {
                throw new IllegalArgumentException("a chunk's index, offset and count are never negative");
            }
        }
    }
}
