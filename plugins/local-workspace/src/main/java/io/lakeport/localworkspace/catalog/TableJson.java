package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Locale;

/**
 * A table as the JSON of {@code DESCRIBE EXTENDED … AS JSON}; names as in the section "JSON formatted output" of
 * Databricks' page on DESCRIBE TABLE.
 */
public final class TableJson {
    private TableJson() {}

    /** Returns the JSON text. */
    public static String of(TableInfo info) {
        ObjectNode json = Json.object()
                .put("table_name", info.name())
                .put("catalog_name", info.catalog())
                .put("schema_name", info.schema());
        json.putArray("namespace").add(info.schema());
        ArrayNode columns = json.putArray("columns");
        for (TableInfo.ColumnInfo c : info.columns()) {
            ObjectNode column = columns.addObject().put("name", c.name());
            column.set("type", type(c.type()));
            if (c.comment() != null) {
                column.put("comment", c.comment());
            }
            column.put("nullable", c.nullable());
        }
        json.put("type", info.view() ? "VIEW" : "MANAGED");
        if (info.comment() != null) {
            json.put("comment", info.comment());
        }
        if (!info.view()) {
            json.put("provider", "delta");
        }
        texts(json, info.facts());
        return json.toString();
    }

    private static void texts(ObjectNode json, TableFacts facts) {
        if (!facts.shownProperties().isEmpty()) {
            ObjectNode properties = json.putObject("table_properties");
            facts.shownProperties().forEach(properties::put);
        }
        if (!facts.partitioning().isEmpty()) {
            facts.partitioning().forEach(json.putArray("partition_columns")::add);
        }
        if (!facts.clustering().isEmpty()) {
            facts.clustering().forEach(json.putArray("clustering_columns")::add);
        }
    }

    private static ObjectNode type(SqlType type) {
        ObjectNode json = Json.object();
        switch (type.kind()) {
            case DECIMAL ->
                json.put("name", "decimal").put("precision", type.precision()).put("scale", type.scale());
            case ARRAY -> {
                json.put("name", "array").set("element_type", type(type.element()));
                json.put("element_nullable", true);
            }
            case MAP -> {
                json.put("name", "map").set("key_type", type(type.key()));
                json.set("value_type", type(type.value()));
                json.put("value_nullable", true);
            }
            case STRUCT -> {
                ArrayNode fields = json.put("name", "struct").putArray("fields");
                for (SqlType.Field f : type.fields()) {
                    ObjectNode field = fields.addObject().put("name", f.name());
                    field.set("type", type(f.type()));
                    field.put("nullable", true);
                }
            }
            case INTERVAL_YM, INTERVAL_DT ->
                json.put("name", "interval")
                        .put("start_unit", unit(type.precision()))
                        .put("end_unit", unit(type.scale()));
            case STRING -> json.put("name", "string").put("collation", "UTF8_BINARY");
            case TIMESTAMP -> json.put("name", "timestamp_ltz");
            default -> json.put("name", type.catalogText());
        }
        return json;
    }

    private static String unit(int ordinal) {
        return IntervalUnit.values()[ordinal].name().toLowerCase(Locale.ROOT);
    }
}
