package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes columns as a manifest's schema has them. */
final class ColumnJson {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*\\)");
    private static final Pattern INTERVAL = Pattern.compile("INTERVAL\\s+(.+)");

    private ColumnJson() {}

    static ObjectNode schema(List<EngineColumn> columns) {
        ObjectNode schema = Json.object().put("column_count", columns.size());
        ArrayNode array = schema.putArray("columns");
        for (int i = 0; i < columns.size(); i++) {
            array.add(column(columns.get(i), i));
        }
        return schema;
    }

    private static ObjectNode column(EngineColumn column, int position) {
        ObjectNode node = Json.object()
                .put("name", column.name())
                .put("type_text", column.typeText())
                .put("type_name", column.typeName())
                .put("position", position);
        String upper = column.typeText().toUpperCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(upper);
        Matcher interval = INTERVAL.matcher(upper);
        if (decimal.matches()) {
            node.put("type_precision", Integer.parseInt(decimal.group(1)));
            node.put("type_scale", Integer.parseInt(decimal.group(2)));
        } else if (interval.matches()) {
            node.put("type_interval_type", interval.group(1));
        }
        return node;
    }
}
