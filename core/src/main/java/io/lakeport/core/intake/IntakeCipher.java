package io.lakeport.core.intake;

import io.lakeport.core.secret.Secret;
import java.util.Optional;

/**
 * SPI: encrypts to a public key, so that only the holder of the private one can read it. Found by
 * {@link java.util.ServiceLoader}; thread-safe and stateless. Both sides of a hand-over use the same one.
 */
public interface IntakeCipher {
    /** Returns its name, for example {@code hpke}. */
    String name();

    /** Returns a new pair of keys. */
    Keys newKeys();

    /**
     * Encrypts.
     *
     * @param context what it is for; it is authenticated and not part of the result
     * @throws IllegalArgumentException when the bytes are no public key
     */
    byte[] seal(byte[] publicKey, byte[] clear, byte[] context);

    /** Decrypts; empty when it was changed, or sealed to another key or for another purpose. */
    Optional<byte[]> open(Secret privateKey, byte[] publicKey, byte[] sealed, byte[] context);

    /**
     * A pair of keys. Bytes are not copied.
     *
     * @param publicKey anyone may know it
     * @param privateKey as text
     */
    record Keys(byte[] publicKey, Secret privateKey) {
        /** Names what it is without the keys. */
        @Override
        public String toString() {
            return "a pair of keys";
        }
    }
}
