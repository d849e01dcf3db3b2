package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.statement.StatementView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What later tasks may read of a SQL task's answer: at most 48 KB, as Databricks keeps of it. */
final class FirstRow {
    private static final int LIMIT = 48 * 1024;

    private FirstRow() {}

    /** Returns the first row by column name, without NULLs; none when there is no row or it is too large. */
    static Map<String, String> of(StatementView view) {
        List<EngineColumn> columns = view.columns();
        if (view.chunks().isEmpty() || columns.isEmpty()) {
            return Map.of();
        }
        try {
            JsonNode row = Json.parse(view.read(0)).path(0);
            if (row.toString().length() > LIMIT) {
                return Map.of();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(columns.size(), row.size()); i++) {
                if (!row.path(i).isNull()) {
                    values.put(columns.get(i).name(), row.path(i).asText());
                }
            }
            return Map.copyOf(values);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what a SQL task answered", e);
        }
    }
}
