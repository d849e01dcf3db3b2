package io.lakeport.core.auth.user;

import java.util.Objects;

/**
 * Names a user of the host application, as the host knows them; Databricks may know them by another name.
 *
 * @param value 1 to 200 characters, neither control characters nor white space at an end
 */
public record UserId(String value) {
    private static final int LONGEST = 200;

    public UserId {
        Objects.requireNonNull(value, "value");
        boolean legal = !value.isEmpty()
                && value.length() <= LONGEST
                && value.strip().equals(value)
                && value.chars().noneMatch(Character::isISOControl);
        if (!legal) {
            throw new IllegalArgumentException(
                    "a user id has 1 to 200 characters, without control characters and white space around it");
        }
    }

    /** Returns the id of that name. */
    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
