package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.EngineParameter;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads results as text. */
final class Rows {
    private Rows() {}

    static List<List<String>> of(EngineSession session, String sql, EngineParameter... parameters) {
        try (EngineResult result = session.execute(sql, List.of(parameters))) {
            return of(result);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<List<String>> of(EngineResult result) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        while (result.reader().loadNextBatch()) {
            VectorSchemaRoot root = result.reader().getVectorSchemaRoot();
            for (int i = 0; i < root.getRowCount(); i++) {
                List<String> row = new ArrayList<>();
                for (FieldVector v : root.getFieldVectors()) {
                    row.add(text(v.getObject(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    static String columns(EngineResult result) {
        return result.columns().stream()
                .map(c -> c.name() + " " + c.typeText() + (c.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(" | "));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }
}
