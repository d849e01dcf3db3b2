package io.lakeport.core.query;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Id that the workspace gave to a statement; it finds the statement in the query history.
 *
 * @param value letters, digits and {@code -}: it becomes part of URLs
 */
public record StatementId(String value) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9-]{1,128}");

    public StatementId {
        Objects.requireNonNull(value, "value");
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("the workspace answered with a statement id that is not one");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
