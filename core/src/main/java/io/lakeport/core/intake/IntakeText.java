package io.lakeport.core.intake;

import io.lakeport.core.error.LakeportException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** One word that survives mail programs and chats: a prefix, fields, and a checksum that tells a bad paste apart. */
final class IntakeText {
    /** Longest word that is read. */
    static final int MOST_CHARACTERS = 16 * 1024;

    private static final int CHECK_BYTES = 6;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private IntakeText() {}

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String join(String prefix, List<String> fields) {
        byte[] bytes = String.join("\n", fields).getBytes(StandardCharsets.UTF_8);
        return prefix + encode(bytes) + "." + encode(Arrays.copyOf(sha256(bytes), CHECK_BYTES));
    }

    /**
     * Takes apart what {@link #join} made.
     *
     * @param what for messages; what was given is never repeated, because it may be the secret itself
     */
    static List<String> split(String what, String prefix, int fields, String given) {
        if (given.length() > MOST_CHARACTERS) {
            throw damaged(what, "has more than " + MOST_CHARACTERS + " characters, so it is none");
        }
        String text = given.strip();
        if (!text.startsWith(prefix)) {
            throw damaged(what, "does not begin with '" + prefix + "'");
        }
        int dot = text.lastIndexOf('.');
        try {
            byte[] bytes = decode(text.substring(Math.min(prefix.length(), dot + 1), dot));
            boolean whole = text.equals(join(prefix, List.of(strictText(bytes))))
                    && MessageDigest.isEqual(
                            decode(text.substring(dot + 1)), Arrays.copyOf(sha256(bytes), CHECK_BYTES));
            List<String> split = List.of(strictText(bytes).split("\n", -1));
            if (whole && split.size() == fields) {
                return split;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
            throw damaged(what, "was cut off or changed on its way");
        }
        throw damaged(what, "was cut off or changed on its way");
    }

    static String strictText(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    static LakeportException damaged(String what, String why) {
        return new LakeportException(
                IntakeError.INTAKE_TEXT_DAMAGED,
                "the " + what + " " + why + "; copy all of it again, as one word without line breaks");
    }
}
