package io.lakeport.auth.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;

/** AES-256-GCM by Google Tink: a random nonce for each message, before it; what it is for is authenticated with it. */
final class Cipher {
    /** Bytes of a key. */
    static final int KEY_BYTES = 32;

    /** Bytes that sealing adds: nonce and tag. */
    static final int OVERHEAD = 28;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Aead aead;

    private Cipher(Aead aead) {
        this.aead = aead;
    }

    static Cipher of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        try {
            return new Cipher(new AesGcmJce(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-256-GCM", e);
        }
    }

    static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    byte[] seal(byte[] clear, String purpose) {
        try {
            return aead.encrypt(clear, purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt " + clear.length + " bytes", e);
        }
    }

    /** Returns what was sealed, empty when it was sealed by another key, for another purpose, or was changed. */
    Optional<byte[]> open(byte[] sealed, String purpose) {
        try {
            return Optional.of(aead.decrypt(sealed, purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
