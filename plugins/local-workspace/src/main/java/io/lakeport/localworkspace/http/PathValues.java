package io.lakeport.localworkspace.http;

import java.util.Map;

/**
 * What the variables of a route's pattern stood for.
 *
 * @param values text by variable name
 */
public record PathValues(Map<String, String> values) {
    public PathValues {
        values = Map.copyOf(values);
    }

    /** Returns the text of a variable that the route's pattern names. */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }
}
