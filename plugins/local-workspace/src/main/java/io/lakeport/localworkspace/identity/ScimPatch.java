package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a SCIM resource by the operations of a PATCH (RFC 7644, 3.5.2), as far as Databricks' resources need them. */
final class ScimPatch {
    private static final Pattern PATH =
            Pattern.compile("(\\w+)(?:\\[\\s*value\\s+eq\\s+\"([^\"]*)\"\\s*])?(?:\\.(\\w+))?");
    private static final Set<String> LISTS = Set.of("members", "entitlements", "roles", "groups", "emails");

    private ScimPatch() {}

    /**
     * Applies the operations of a body.
     *
     * @throws ScimException when one cannot be understood
     */
    static void apply(ObjectNode resource, JsonNode body) {
        JsonNode operations = body.path("Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw new ScimException(400, "invalidSyntax", "A PATCH request needs a list of Operations.");
        }
        for (JsonNode operation : operations) {
            String op = operation.path("op").asText("").toLowerCase(Locale.ROOT);
            if (!Set.of("add", "replace", "remove").contains(op)) {
                throw new ScimException(
                        400,
                        "invalidSyntax",
                        "Invalid op: " + operation.path("op").asText("") + ".");
            }
            Optional<String> path = Json.text(operation, "path");
            if (path.isPresent()) {
                applyAt(resource, op, path.get(), operation.path("value"));
            } else if (!operation.path("value").isObject()) {
                throw new ScimException(400, "noTarget", "An operation without a path needs an object as its value.");
            } else {
                operation.path("value").properties().forEach(e -> applyAt(resource, op, e.getKey(), e.getValue()));
            }
        }
    }

    private static void applyAt(ObjectNode resource, String op, String path, JsonNode value) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new ScimException(400, "invalidPath", "Invalid path: " + path + ".");
        }
        String attribute = parts.group(1);
        Optional<String> selected = Optional.ofNullable(parts.group(2));
        Optional<String> inner = Optional.ofNullable(parts.group(3));
        if (LISTS.contains(attribute)) {
            ArrayNode list = resource.get(attribute) instanceof ArrayNode array ? array : resource.putArray(attribute);
            applyToList(list, op, selected, value);
        } else {
            ObjectNode target = inner.isEmpty()
                    ? resource
                    : resource.get(attribute) instanceof ObjectNode object ? object : resource.putObject(attribute);
            String field = inner.orElse(attribute);
            if (op.equals("remove")) {
                target.remove(field);
            } else if (value.isMissingNode()) {
                throw ScimException.invalid("The operation on " + path + " needs a value.");
            } else {
                target.set(field, value);
            }
        }
    }

    private static void applyToList(ArrayNode list, String op, Optional<String> selected, JsonNode value) {
        if (op.equals("remove")) {
            if (selected.isPresent()) {
                removeValue(list, selected.get());
            } else if (value.isMissingNode() || value.isNull() || value.isEmpty() && !value.isTextual()) {
                list.removeAll();
            } else {
                each(value, element -> removeValue(list, text(element)));
            }
            return;
        }
        if (op.equals("replace") && selected.isEmpty()) {
            list.removeAll();
        }
        each(value, element -> {
            removeValue(list, text(element));
            list.addObject().put("value", text(element));
        });
    }

    private static void each(JsonNode value, java.util.function.Consumer<JsonNode> action) {
        if (value.isArray()) {
            value.forEach(action);
        } else {
            action.accept(value);
        }
    }

    private static String text(JsonNode element) {
        return element.isValueNode()
                ? element.asText()
                : Json.text(element, "value")
                        .orElseThrow(() -> ScimException.invalid("An element of a list needs a value."));
    }

    private static void removeValue(ArrayNode list, String value) {
        Iterator<JsonNode> elements = list.iterator();
        while (elements.hasNext()) {
            if (elements.next().path("value").asText().equals(value)) {
                elements.remove();
            }
        }
    }
}
