package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.warehouse.arrow.ArrowStreamWriter;
import io.lakeport.warehouse.arrow.TextCells;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that came as JSON, turned into the interchange format. Stateless. */
final class JsonRows {
    private JsonRows() {}

    /**
     * Returns the rows as one Arrow IPC stream. The rows are taken out of {@code dataArray} one by one, so that they are
     * not held twice.
     *
     * @param dataArray {@code data_array} of an answer: rows of texts and nulls
     */
    static byte[] toArrow(JsonNode dataArray, ResultSchema schema) {
        ArrowStreamWriter writer = new ArrowStreamWriter(schema);
        List<Column> columns = schema.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (Iterator<JsonNode> rows = dataArray.iterator(); rows.hasNext(); ) {
            JsonNode row = rows.next();
            if (row.size() != values.length) {
                throw new LakeportException(
                        CoreError.RESULT_CORRUPT,
                        "a row came with " + row.size() + " values where the result has " + values.length + " columns");
            }
            for (int i = 0; i < values.length; i++) {
                JsonNode cell = row.get(i);
                values[i] = cell.isNull() ? null : TextCells.value(columns.get(i), cell.asText());
            }
            writer.add(values);
            rows.remove();
        }
        byte[] stream = new byte[Math.toIntExact(writer.bytes())];
        var finished = writer.finish();
        int length = finished.remaining();
        finished.get(stream, 0, length);
        return length == stream.length ? stream : java.util.Arrays.copyOf(stream, length);
    }
}
