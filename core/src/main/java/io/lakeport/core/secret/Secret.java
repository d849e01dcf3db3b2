package io.lakeport.core.secret;

import java.util.Objects;

/**
 * A credential in memory. Its {@link #toString()} is redacted, it has identity equality only, so that it cannot be
 * guessed through a map, and it is not serializable. Immutable and thread-safe.
 */
public final class Secret {
    private static final String REDACTED = "[redacted]";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a credential.
     *
     * @throws IllegalArgumentException when the value is empty or only white space; the message never holds the value
     */
    public static Secret of(String value) {
        Objects.requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        return new Secret(value);
    }

    /**
     * Returns the credential in clear. Call it only where it is handed to the protocol that needs it; never store the
     * result in a field.
     */
    public String reveal() {
        return value;
    }

    /** Returns whether both hold the same credential, in time that does not depend on where they differ. */
    public boolean sameValueAs(Secret other) {
        return java.security.MessageDigest.isEqual(
                value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                other.value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
