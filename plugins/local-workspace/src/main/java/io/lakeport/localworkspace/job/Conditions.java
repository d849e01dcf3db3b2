package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Evaluates condition tasks: as numbers where both sides are numbers, otherwise as texts. */
final class Conditions {
    private Conditions() {}

    static boolean holds(JsonNode condition, Run run, TaskRun task) {
        String left = References.resolve(condition.path("left").asText(), run, task);
        String right = References.resolve(condition.path("right").asText(), run, task);
        String op = condition.path("op").asText();
        if (op.equals("EQUAL_TO")) {
            return left.equals(right);
        }
        if (op.equals("NOT_EQUAL")) {
            return !left.equals(right);
        }
        int order = number(left).compareTo(number(right));
        return switch (op) {
            case "GREATER_THAN" -> order > 0;
            case "GREATER_THAN_OR_EQUAL" -> order >= 0;
            case "LESS_THAN" -> order < 0;
            case "LESS_THAN_OR_EQUAL" -> order <= 0;
            default -> throw new TaskFailure("Unknown condition operator '" + op + "'.");
        };
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            throw new TaskFailure("The condition compares numbers, but '" + text + "' is none.");
        }
    }
}
