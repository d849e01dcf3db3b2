package io.lakeport.core.auth.user;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts by name as one text, sealed by AES-256-GCM under a key that the vault keeps. A refresh token is replaced every
 * hour: this way only a document changes with it, and not what the vault holds; to destroy the key destroys them all.
 */
final class SealedText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedText() {}

    static Secret newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Secret.of(Base64.getEncoder().encodeToString(key));
    }

    /**
     * Seals texts.
     *
     * @param context what they belong to; they open with the same only, so that nobody can put one in another's place
     */
    static String seal(Map<String, String> texts, Secret key, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context)
                    .doFinal(lines(texts).getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    static Map<String, String> open(String sealed, Secret key, String context) {
        try {
            byte[] both = Base64.getDecoder().decode(sealed);
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, context)
                    .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return texts(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new LakeportException(
                    SecretError.SECRET_DAMAGED,
                    context + ": what is kept is not what was sealed; the user must sign in again",
                    e);
        }
    }

    private static Cipher cipher(int mode, Secret key, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec spec = new SecretKeySpec(Base64.getDecoder().decode(key.reveal()), "AES");
        cipher.init(mode, spec, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Returns texts as lines {@code name=text}, both encoded. */
    static String lines(Map<String, String> texts) {
        StringBuilder lines = new StringBuilder();
        texts.forEach((name, text) -> lines.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(text, StandardCharsets.UTF_8))
                .append('\n'));
        return lines.toString();
    }

    /** Reads what {@link #lines} wrote. */
    static Map<String, String> texts(String lines) {
        Map<String, String> texts = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            texts.put(
                    URLDecoder.decode(line.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(line.substring(equals + 1), StandardCharsets.UTF_8));
        });
        return texts;
    }
}
