package io.lakeport.localworkspace.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The definition of a table at a commit, as the log keeps it. */
final class Definitions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Definitions() {}

    static String json(TableInfo table) {
        ObjectNode node = JSON.createObjectNode();
        node.put("facts", table.facts().json());
        ArrayNode columns = node.putArray("columns");
        for (TableInfo.ColumnInfo c : table.columns()) {
            ObjectNode column = columns.addObject();
            column.put("name", c.name());
            column.put("type", c.type().text());
            column.put("duck", c.duckType());
            column.put("nullable", c.nullable());
            column.put("default", c.defaultSql());
            column.put("comment", c.comment());
            column.put(
                    "rule", c.rule().equals(ColumnRule.NONE) ? null : c.rule().json());
        }
        return node.toString();
    }

    static TableInfo parse(List<String> name, String json) {
        try {
            JsonNode node = JSON.readTree(json);
            List<TableInfo.ColumnInfo> columns = new ArrayList<>();
            node.get("columns").forEach(c -> columns.add(column(c)));
            TableFacts facts = TableFacts.parse(node.get("facts").asText());
            return new TableInfo(name.get(0), name.get(1), name.get(2), false, columns, facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The log of " + String.join(".", name) + " is damaged: a definition in it is no JSON.", e);
        }
    }

    private static TableInfo.ColumnInfo column(JsonNode node) {
        return new TableInfo.ColumnInfo(
                node.get("name").asText(),
                TypeTexts.of(StatementParser.parseType(node.get("type").asText())),
                node.get("duck").asText(),
                node.get("nullable").asBoolean(),
                text(node, "default"),
                text(node, "comment"),
                ColumnRule.parse(text(node, "rule")));
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
