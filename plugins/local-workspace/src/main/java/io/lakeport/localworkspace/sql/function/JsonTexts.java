package io.lakeport.localworkspace.sql.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON text and VARIANT, which is held as its JSON text. */
public final class JsonTexts {
    private static final Pattern STEP = Pattern.compile(
            "\\.([^.\\[\\]*]+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"\\]|\\[(\\d+)\\]|(\\[\\*\\]|\\.\\*)");
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonTexts() {}

    private static @Nullable JsonNode parsed(ObjectMapper mapper, String text) {
        try (JsonParser parser = mapper.createParser(text)) {
            JsonNode node = mapper.readTree(parser);
            return node == null || node.isMissingNode() ? null : node;
        } catch (java.io.IOException e) {
            return null;
        }
    }

    private static String printed(JsonNode node) {
        try {
            return PLAIN.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** Returns the steps of a path: names as text, positions as numbers, the star as {@code true}. */
    private static @Nullable List<Object> steps(String path) {
        if (!path.startsWith("$")) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        Matcher m = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!m.find(at) || m.start() != at) {
                return null;
            }
            if (m.group(4) != null) {
                steps.add(Integer.valueOf(m.group(4)));
            } else if (m.group(5) != null) {
                steps.add(true);
            } else {
                steps.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3));
            }
            at = m.end();
        }
        return steps;
    }

    /** {@code get_json_object}: what is at a path, {@code null} when there is nothing or the text is not JSON. */
    public static @Nullable String path(String text, String path) {
        List<Object> steps = steps(path);
        JsonNode root = steps == null ? null : parsed(PLAIN, text);
        if (root == null || steps == null) {
            return null;
        }
        List<JsonNode> found = new ArrayList<>();
        walk(root, steps, 0, found);
        boolean many = steps.contains(true);
        if (found.isEmpty() || !many && found.get(0).isNull()) {
            return null;
        }
        if (many && found.size() > 1) {
            ArrayNode all = PLAIN.createArrayNode();
            found.forEach(all::add);
            return printed(all);
        }
        return found.get(0).isTextual() ? found.get(0).textValue() : printed(found.get(0));
    }

    private static void walk(JsonNode node, List<Object> steps, int at, List<JsonNode> found) {
        if (at == steps.size()) {
            found.add(node);
            return;
        }
        Object step = steps.get(at);
        if (step instanceof String name && node.isObject() && node.has(name)) {
            walk(node.get(name), steps, at + 1, found);
        } else if (step instanceof Integer index && node.isArray() && node.has(index)) {
            walk(node.get(index), steps, at + 1, found);
        } else if (step instanceof Boolean && node.isArray()) {
            node.forEach(child -> walk(child, steps, at + 1, found));
        }
    }

    /** Returns how many elements an array has, {@code null} for what is none. */
    public static @Nullable Integer size(String text) {
        JsonNode node = parsed(PLAIN, text);
        return node != null && node.isArray() ? node.size() : null;
    }

    /** Returns the names in an object as a JSON array, {@code null} for what is none. */
    public static @Nullable String keys(String text) {
        JsonNode node = parsed(PLAIN, text);
        if (node == null || !node.isObject()) {
            return null;
        }
        ArrayNode names = PLAIN.createArrayNode();
        node.fieldNames().forEachRemaining(names::add);
        return printed(names);
    }

    /** {@code parse_json}: JSON as a VARIANT prints it, its names in order and its numbers without closing zeros. */
    public static String variant(String text) {
        JsonNode node = parsed(EXACT, text);
        if (node == null) {
            throw SqlErrors.of(
                    "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                    "22023",
                    "Malformed records are detected in record parsing: " + text + ". Parse Mode: FAILFAST. To process "
                            + "malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'.");
        }
        return printed(canonical(node, text));
    }

    private static JsonNode canonical(JsonNode node, String text) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(p -> sorted.put(p.getKey(), canonical(p.getValue(), text)));
            return PLAIN.createObjectNode().setAll(sorted);
        }
        if (node.isArray()) {
            ArrayNode array = PLAIN.createArrayNode();
            node.forEach(child -> array.add(canonical(child, text)));
            return array;
        }
        if (!node.isBigDecimal()) {
            return node;
        }
        BigDecimal value = node.decimalValue();
        boolean exponent = value.scale() < 0 || text.matches("(?s).*\\d[eE][+-]?\\d.*");
        if (exponent || value.precision() > 38 || value.scale() > 38) {
            return PLAIN.getNodeFactory().numberNode(value.doubleValue());
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return DecimalNode.valueOf(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    /** Returns the VARIANT at a path of a VARIANT, {@code null} when there is none. */
    public static @Nullable String variantPath(String variant, String path) {
        List<Object> steps = steps(path);
        JsonNode root = parsed(EXACT, variant);
        if (root == null || steps == null) {
            return null;
        }
        List<JsonNode> found = new ArrayList<>();
        walk(root, steps, 0, found);
        return found.isEmpty() ? null : printed(found.get(0));
    }

    /**
     * {@code from_json}: returns JSON of exactly a shape, NULL where the text has another; the shape is the JSON of a type:
     * a name, {@code ["type"]} for an ARRAY, {@code {"*": "type"}} for a MAP, {@code {"name": "type"}} for a STRUCT.
     */
    public static @Nullable String read(String text, String shape) {
        JsonNode wanted = parsed(PLAIN, shape);
        JsonNode node = text.isBlank() ? null : parsed(EXACT, text);
        if (wanted == null || text.isBlank()) {
            return null;
        }
        JsonNode read = node == null ? null : shaped(node, wanted);
        if (read != null) {
            return printed(read);
        }
        // A record that cannot be read is a row of NULLs, another value is NULL.
        return wanted.isObject() && !wanted.has("*") ? printed(record(PLAIN.createObjectNode(), wanted)) : null;
    }

    private static @Nullable JsonNode shaped(JsonNode node, JsonNode wanted) {
        if (node.isNull()) {
            return null;
        }
        if (wanted.isArray()) {
            return node.isArray() ? list(node, wanted.get(0)) : null;
        }
        if (wanted.isObject()) {
            return node.isObject() ? record(node, wanted) : null;
        }
        return scalar(node, wanted.textValue());
    }

    private static JsonNode list(JsonNode node, JsonNode wanted) {
        ArrayNode array = PLAIN.createArrayNode();
        node.forEach(child -> array.add(shaped(child, wanted)));
        return array;
    }

    private static JsonNode record(JsonNode node, JsonNode wanted) {
        ObjectNode object = PLAIN.createObjectNode();
        if (wanted.has("*")) {
            node.properties().forEach(p -> object.set(p.getKey(), shaped(p.getValue(), wanted.get("*"))));
        } else {
            wanted.properties().forEach(p -> {
                JsonNode value = node.get(p.getKey());
                object.set(p.getKey(), value == null ? null : shaped(value, p.getValue()));
            });
        }
        return object;
    }

    private static @Nullable JsonNode scalar(JsonNode node, String type) {
        boolean fits = switch (type) {
            case "BOOLEAN" -> node.isBoolean();
            case "BYTE" ->
                node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == (byte) node.intValue();
            case "SHORT" ->
                node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == (short) node.intValue();
            case "INT" -> node.isIntegralNumber() && node.canConvertToInt();
            case "LONG" -> node.isIntegralNumber() && node.canConvertToLong();
            case "FLOAT", "DOUBLE", "DECIMAL" -> node.isNumber();
            case "STRING" -> true;
            default -> node.isTextual();
        };
        if (!fits) {
            return null;
        }
        return type.equals("STRING") && !node.isTextual()
                ? PLAIN.getNodeFactory().textNode(printed(node))
                : node;
    }

    /** Returns the type of JSON, as {@code schema_of_json} or, of a VARIANT, {@code schema_of_variant} prints it. */
    public static String schema(String text, boolean variant) {
        JsonNode node = parsed(EXACT, text);
        if (node == null) {
            throw SqlErrors.of("INVALID_JSON_RECORD_TYPE", "22023", "The JSON text is malformed: " + text + ".");
        }
        return type(node, variant);
    }

    private static String type(JsonNode node, boolean variant) {
        if (node.isObject()) {
            List<String> fields = new ArrayList<>();
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(p -> sorted.put(p.getKey(), p.getValue()));
            sorted.forEach((name, value) -> fields.add(name + ": " + type(value, variant)));
            return (variant ? "OBJECT<" : "STRUCT<") + String.join(", ", fields) + ">";
        }
        if (node.isArray()) {
            String element = node.isEmpty() ? variant ? "VOID" : "STRING" : type(node.get(0), variant);
            for (JsonNode child : node) {
                if (!type(child, variant).equals(element)) {
                    throw SqlErrors.unsupported("the schema of a JSON array whose elements have several types");
                }
            }
            return "ARRAY<" + element + ">";
        }
        return scalarType(node, variant);
    }

    private static String scalarType(JsonNode node, boolean variant) {
        if (node.isTextual()) {
            return "STRING";
        } else if (node.isBoolean()) {
            return "BOOLEAN";
        } else if (node.isNull()) {
            return variant ? "VOID" : "STRING";
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return "BIGINT";
        } else if (!variant) {
            return node.isIntegralNumber()
                    ? "DECIMAL(" + node.bigIntegerValue().toString().length() + ",0)"
                    : "DOUBLE";
        }
        BigDecimal value = node.decimalValue().stripTrailingZeros();
        return String.format(
                Locale.ROOT, "DECIMAL(%d,%d)", Math.max(value.precision(), value.scale()), Math.max(0, value.scale()));
    }
}
