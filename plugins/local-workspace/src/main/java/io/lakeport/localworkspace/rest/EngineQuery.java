package io.lakeport.localworkspace.rest;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Runs small statements for REST calls and gives their rows as texts. Thread-safe. */
public final class EngineQuery {
    private final Engine engine;

    /** Creates it for an engine. */
    public EngineQuery(Engine engine) {
        this.engine = engine;
    }

    /**
     * Returns the rows, each as text by column name; NULL is the empty text.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException as the engine fails
     */
    public List<Map<String, String>> run(Principal principal, String sql) throws IOException {
        SessionSettings settings =
                new SessionSettings(principal.applicationId(), Optional.empty(), Optional.empty(), Map.of());
        List<Map<String, String>> rows = new ArrayList<>();
        try (EngineSession session = engine.openSession(settings);
                EngineResult result = session.execute(sql, List.of())) {
            ArrowReader reader = result.reader();
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    rows.add(row(root, row));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> row(VectorSchemaRoot root, int row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (FieldVector vector : root.getFieldVectors()) {
            Object value = vector.isNull(row) ? "" : vector.getObject(row);
            values.put(vector.getName(), value.toString());
        }
        return values;
    }
}
