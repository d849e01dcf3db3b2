package io.lakeport.auth.user;

import io.lakeport.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess, and what is derived from them. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 32;

    private RandomText() {}

    /** Returns 43 characters that fit into a URL, of 256 random bits. */
    static String urlSafe() {
        byte[] value = new byte[BYTES];
        RANDOM.nextBytes(value);
        return ENCODER.encodeToString(value);
    }

    /** Returns PKCE's challenge by S256. */
    static String challenge(Secret verifier) {
        return hash(verifier.reveal());
    }

    /** Returns SHA-256 of a text: what is kept in place of a state, so that a store which leaks gives no state away. */
    static String hash(String text) {
        try {
            return ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
