package io.lakeport.core.arrow;

import java.util.List;

/**
 * A record batch.
 *
 * @param length how many rows
 * @param columns one view for each field of the schema
 */
public record ArrowBatch(int length, List<ArrowColumn> columns) {
    public ArrowBatch {
        columns = List.copyOf(columns);
    }
}
