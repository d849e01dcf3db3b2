package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Faults as the control endpoint reads and writes them. An unknown field is an error, so that a typo does not hide. */
final class FaultJson {
    private static final Set<String> FIELDS = Set.of("match", "after", "times", "probability", "seed", "effect");
    private static final Set<String> MATCH_FIELDS = Set.of(
            "method", "path", "headers", "user_agent", "principal", "remote_address", "statement", "thrift_method");

    private FaultJson() {}

    /** How often and on what a fault acts, as read. */
    record Plan(FaultMatch match, Firing firing, FaultEffect effect) {}

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException when it cannot be used
     */
    static Plan read(JsonNode node) {
        requireKnown(node, FIELDS, "fault");
        JsonNode effect = node.path("effect");
        if (!effect.isObject()) {
            throw new IllegalArgumentException("a fault needs an object 'effect' with a 'kind'");
        }
        Firing firing = new Firing(
                number(node, "after", 0),
                number(node, "times", 0),
                node.path("probability").asDouble(1),
                number(node, "seed", 0));
        return new Plan(match(node.path("match")), firing, EffectJson.read(effect));
    }

    static void requireKnown(JsonNode node, Set<String> known, String what) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field '" + name + "' of " + what + "; known are " + new TreeSet<>(known));
            }
        });
    }

    static long number(JsonNode node, String field, long otherwise) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber()) {
            throw new IllegalArgumentException("'" + field + "' must be a whole number, but is " + value);
        }
        return value.asLong();
    }

    private static FaultMatch match(JsonNode node) {
        requireKnown(node, MATCH_FIELDS, "match");
        Map<String, String> headers = new LinkedHashMap<>();
        node.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new FaultMatch(
                Json.text(node, "method"),
                Json.text(node, "path"),
                headers,
                Json.text(node, "user_agent"),
                Json.text(node, "principal"),
                Json.text(node, "remote_address"),
                Json.text(node, "statement"),
                Json.text(node, "thrift_method"));
    }

    /** Writes a fault with what it has done. */
    static ObjectNode write(Fault fault) {
        ObjectNode node = Json.object().put("id", fault.id());
        ObjectNode match = node.putObject("match");
        put(match, "method", fault.match().method());
        put(match, "path", fault.match().path());
        if (!fault.match().headers().isEmpty()) {
            ObjectNode headers = match.putObject("headers");
            fault.match().headers().forEach(headers::put);
        }
        put(match, "user_agent", fault.match().userAgent());
        put(match, "principal", fault.match().principal());
        put(match, "remote_address", fault.match().remoteAddress());
        put(match, "statement", fault.match().statement());
        put(match, "thrift_method", fault.match().thriftMethod());
        node.put("after", fault.firing().after())
                .put("times", fault.firing().times())
                .put("probability", fault.firing().probability())
                .put("seed", fault.firing().seed());
        node.set("effect", EffectJson.write(fault.effect()));
        return node.put("matched", fault.matched()).put("fired", fault.fired());
    }

    static void put(ObjectNode node, String field, Optional<String> value) {
        value.ifPresent(text -> node.put(field, text));
    }
}
