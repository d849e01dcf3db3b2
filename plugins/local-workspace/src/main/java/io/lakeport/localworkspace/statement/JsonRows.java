package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes rows as JSON_ARRAY: an array of rows, each an array of texts and nulls. */
final class JsonRows {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private JsonRows() {}

    static void write(List<VectorSchemaRoot> roots, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartArray();
            for (VectorSchemaRoot root : roots) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    json.writeStartArray();
                    for (FieldVector vector : root.getFieldVectors()) {
                        String text = CellText.of(vector, row);
                        if (text == null) {
                            json.writeNull();
                        } else {
                            json.writeString(text);
                        }
                    }
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
        }
    }
}
