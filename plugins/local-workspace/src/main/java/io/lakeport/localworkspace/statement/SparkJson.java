package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lakeport.localworkspace.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Type texts such as {@code ARRAY<INT>} as Spark writes data types in JSON. */
final class SparkJson {
    private static final Map<String, String> NAMES =
            Map.of("TINYINT", "byte", "SMALLINT", "short", "INT", "integer", "BIGINT", "long", "REAL", "float");
    private static final Pattern NESTED =
            Pattern.compile("(ARRAY|MAP|STRUCT)\\s*<(.*)>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(
            "(`(?:[^`]|``)*`|[^:`\\s]+)\\s*:?\\s*(.*?)(\\s+NOT NULL)?(?:\\s+COMMENT\\s+'.*')?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SparkJson() {}

    static String of(String typeText) {
        try {
            return new String(Json.bytes(node(typeText.strip())), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts can always be written", e);
        }
    }

    private static JsonNode node(String type) {
        Matcher nested = NESTED.matcher(type);
        if (!nested.matches()) {
            String plain = type.toUpperCase(Locale.ROOT);
            return TextNode.valueOf(NAMES.getOrDefault(plain, plain.toLowerCase(Locale.ROOT)));
        }
        List<String> parts = split(nested.group(2));
        String kind = nested.group(1).toLowerCase(Locale.ROOT);
        ObjectNode node = Json.object().put("type", kind);
        switch (kind) {
            case "array" ->
                node.<ObjectNode>set("elementType", node(parts.get(0))).put("containsNull", true);
            case "map" -> {
                node.set("keyType", node(parts.get(0)));
                node.<ObjectNode>set("valueType", node(parts.get(1))).put("valueContainsNull", true);
            }
            default -> fields(node.putArray("fields"), parts);
        }
        return node;
    }

    private static void fields(ArrayNode array, List<String> parts) {
        for (String part : parts) {
            Matcher field = FIELD.matcher(part);
            if (field.matches()) {
                String name = field.group(1);
                boolean quoted = name.startsWith("`");
                ObjectNode node = array.addObject()
                        .put(
                                "name",
                                quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name);
                node.set("type", node(field.group(2).strip()));
                node.put("nullable", field.group(3) == null).putObject("metadata");
            }
        }
    }

    /** Splits at the commas that are in no brackets and no quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '`' || c == '\'') {
                quote = c;
            } else if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        if (!text.substring(from).isBlank()) {
            parts.add(text.substring(from).strip());
        }
        return parts;
    }
}
