package io.lakeport.core.sql;

import java.util.Objects;

/**
 * One level of a name in Databricks SQL. It may contain anything; {@link #quoted()} is how it enters SQL text
 * (Databricks SQL reference, "Identifiers": backticks, and a backtick inside is doubled).
 *
 * @param value the name as it is, not quoted; not empty, at most 255 characters, no NUL
 */
public record Identifier(String value) {
    private static final int MAX_LENGTH = 255;

    public Identifier {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("identifier of " + value.length() + " characters is not legal: use 1 to "
                    + MAX_LENGTH + " characters without NUL");
        }
    }

    /** Returns the identifier of that name, taken as it is. */
    public static Identifier of(String value) {
        return new Identifier(value);
    }

    /** Returns the name in backticks, with backticks inside doubled. */
    public String quoted() {
        return "`" + value.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return quoted();
    }
}
