package io.lakeport.core.tenant;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names one customer of the host application.
 *
 * @param value 1 to 63 characters of {@code a-z 0-9 _ -}, beginning with a letter or digit, so that it can stand in
 *     object keys, file names, tags and meters as it is
 */
public record TenantId(String value) {
    private static final Pattern LEGAL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    public TenantId {
        Objects.requireNonNull(value, "value");
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("tenant id '" + value
                    + "' is not legal: use 1 to 63 of a-z, 0-9, '_' and '-', beginning with a letter or digit");
        }
    }

    /** Returns whether a text can be an id. */
    public static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches();
    }

    /** Returns the id of that name. */
    public static TenantId of(String value) {
        return new TenantId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
