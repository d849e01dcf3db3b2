package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of a SCIM list: comparisons with {@code eq}, {@code ne}, {@code co}, {@code sw}, {@code ew} and {@code pr}, joined by and, or. */
final class ScimFilter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s()\"]+|[()])");

    private final List<String> tokens;
    private int next;

    private ScimFilter(List<String> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a filter.
     *
     * @throws ScimException invalidFilter when it is none
     */
    static Predicate<JsonNode> parse(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.trim());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, text.trim().length());
        }
        ScimFilter filter = new ScimFilter(tokens);
        if (end != text.trim().length() || tokens.isEmpty()) {
            throw invalid(text);
        }
        Predicate<JsonNode> parsed = filter.or();
        if (filter.next != tokens.size()) {
            throw invalid(text);
        }
        return parsed;
    }

    private static ScimException invalid(String text) {
        return new ScimException(400, "invalidFilter", "Invalid filter: " + text);
    }

    private Predicate<JsonNode> or() {
        Predicate<JsonNode> left = and();
        while (peek("or")) {
            next++;
            left = left.or(and());
        }
        return left;
    }

    private Predicate<JsonNode> and() {
        Predicate<JsonNode> left = comparison();
        while (peek("and")) {
            next++;
            left = left.and(comparison());
        }
        return left;
    }

    private boolean peek(String word) {
        return next < tokens.size() && tokens.get(next).equalsIgnoreCase(word);
    }

    private String take() {
        if (next == tokens.size()) {
            throw invalid(String.join(" ", tokens));
        }
        return tokens.get(next++);
    }

    private Predicate<JsonNode> comparison() {
        if (peek("(")) {
            next++;
            Predicate<JsonNode> inner = or();
            if (!take().equals(")")) {
                throw invalid(String.join(" ", tokens));
            }
            return inner;
        }
        String attribute = take();
        String operator = take().toLowerCase(Locale.ROOT);
        if (operator.equals("pr")) {
            return node -> !values(node, attribute).isEmpty();
        }
        String operand = unquoted(take()).toLowerCase(Locale.ROOT);
        Predicate<String> test = test(operator, operand);
        return operator.equals("ne")
                ? node -> values(node, attribute).stream().noneMatch(operand::equals)
                : node -> values(node, attribute).stream().anyMatch(test);
    }

    private Predicate<String> test(String operator, String operand) {
        return switch (operator) {
            case "eq", "ne" -> operand::equals;
            case "co" -> value -> value.contains(operand);
            case "sw" -> value -> value.startsWith(operand);
            case "ew" -> value -> value.endsWith(operand);
            default -> throw invalid(String.join(" ", tokens));
        };
    }

    private static String unquoted(String token) {
        return token.startsWith("\"") ? token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1") : token;
    }

    /** Returns the values of an attribute in lower case, of every element when it is a list. */
    private static List<String> values(JsonNode node, String attribute) {
        List<JsonNode> found = List.of(node);
        for (String part : attribute.split("\\.")) {
            List<JsonNode> inner = new ArrayList<>();
            for (JsonNode one : found) {
                if (one.isArray()) {
                    one.forEach(element -> inner.add(element.path(part)));
                } else {
                    inner.add(one.path(part));
                }
            }
            found = inner;
        }
        List<String> values = new ArrayList<>();
        found.forEach(one -> {
            if (one.isArray()) {
                one.forEach(element -> values.add(element.path("value").asText().toLowerCase(Locale.ROOT)));
            } else if (one.isValueNode()) {
                values.add(one.asText().toLowerCase(Locale.ROOT));
            }
        });
        return values;
    }
}
