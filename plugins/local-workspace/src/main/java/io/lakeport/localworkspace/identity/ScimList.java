package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers a SCIM list: filters, sorts, cuts a page, and leaves attributes out as the query says. */
final class ScimList {
    private static final int MOST = 10_000;
    private static final int DEFAULT = 100;
    private static final Set<String> ALWAYS = Set.of("id", "schemas");

    private ScimList() {}

    static ObjectNode of(Exchange exchange, List<ObjectNode> resources) {
        List<ObjectNode> matching = new ArrayList<>(resources);
        exchange.query("filter")
                .filter(text -> !text.isBlank())
                .map(ScimFilter::parse)
                .ifPresent(filter -> matching.removeIf(filter.negate()));
        sort(exchange, matching);
        int start = Math.max(1, number(exchange, "startIndex").orElse(1));
        int count = Math.min(MOST, number(exchange, "count").orElse(DEFAULT));
        int from = Math.min(matching.size(), start - 1);
        List<ObjectNode> page = matching.subList(from, Math.min(matching.size(), from + Math.max(0, count)));
        ObjectNode answer = Json.object();
        answer.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        answer.put("totalResults", matching.size()).put("startIndex", start).put("itemsPerPage", page.size());
        ArrayNode array = answer.putArray("Resources");
        page.forEach(resource -> array.add(shown(exchange, resource)));
        return answer;
    }

    private static void sort(Exchange exchange, List<ObjectNode> resources) {
        exchange.query("sortBy").filter(field -> !field.isBlank()).ifPresent(field -> {
            Comparator<JsonNode> order =
                    Comparator.comparing(node -> node.path(field).asText());
            boolean descending = exchange.query("sortOrder").orElse("").equals("descending");
            resources.sort(descending ? order.reversed() : order);
        });
    }

    /** Returns a resource with the attributes that the query asks for. */
    static ObjectNode shown(Exchange exchange, ObjectNode resource) {
        Set<String> wanted = top(exchange.queryAll("attributes"));
        Set<String> excluded = top(exchange.queryAll("excludedAttributes"));
        resource.properties()
                .removeIf(attribute -> !ALWAYS.contains(attribute.getKey())
                        && (excluded.contains(attribute.getKey())
                                || !wanted.isEmpty() && !wanted.contains(attribute.getKey())));
        return resource;
    }

    private static Set<String> top(Set<String> attributes) {
        Set<String> names = new java.util.LinkedHashSet<>();
        attributes.forEach(name -> names.add(name.trim().replaceFirst("\\..*", "")));
        return names;
    }

    private static Optional<Integer> number(Exchange exchange, String name) {
        String text = exchange.query(name).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("-?\\d{1,9}")) {
            throw ScimException.invalid(name + " must be a whole number.");
        }
        return Optional.of(Integer.valueOf(text));
    }
}
