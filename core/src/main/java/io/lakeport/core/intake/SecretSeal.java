package io.lakeport.core.intake;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;

/** The customer's side: seals a secret for an offer. Needs no configuration and no network. Thread-safe. */
public final class SecretSeal {
    private static final int MOST_BYTES = 8 * 1024;

    private final IntakeCipher cipher;
    private final Clock clock;

    /** Creates it; {@code clock} tells whether an offer has expired. */
    public SecretSeal(IntakeCipher cipher, Clock clock) {
        this.cipher = Objects.requireNonNull(cipher, "cipher");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Seals a secret.
     *
     * @param secret as it is: it is not trimmed
     * @throws LakeportException CONFLICT (INTAKE_EXPIRED); INVALID_REQUEST (INTAKE_SECRET_MALFORMED) saying what is wrong
     *     with the secret, or (INTAKE_TEXT_DAMAGED) when the offer's key is none
     */
    public SealedSecretMessage seal(IntakeOffer offer, String secret) {
        if (!clock.instant().isBefore(offer.expires())) {
            throw new LakeportException(
                    IntakeError.INTAKE_EXPIRED,
                    "the offer ended at " + offer.expires() + "; ask who sent it for another one");
        }
        require(secret);
        byte[] clear = secret.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = cipher.seal(offer.key(), clear, offer.context());
            return new SealedSecretMessage(offer.id(), offer.tenant(), IntakeText.encode(sealed));
        } catch (IllegalArgumentException e) {
            throw IntakeText.damaged("offer", "holds no public key");
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Both sides look: whoever sealed it may have used another program. */
    static Secret read(byte[] clear) {
        try {
            String text = IntakeText.strictText(clear);
            require(text);
            return Secret.of(text);
        } catch (CharacterCodingException e) {
            throw malformed("is not text in UTF-8");
        }
    }

    private static void require(String secret) {
        if (secret.isBlank()) {
            throw malformed("is empty");
        }
        if (secret.length() > MOST_BYTES || secret.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw malformed("has more than " + MOST_BYTES + " bytes, so it is no client secret and no token");
        }
        if (!secret.equals(secret.strip())) {
            throw malformed("begins or ends with a space or line break, as happens when copying");
        }
        if (secret.codePoints().anyMatch(Character::isISOControl)) {
            throw malformed("has a line break or control character in it");
        }
    }

    private static LakeportException malformed(String why) {
        return new LakeportException(
                IntakeError.INTAKE_SECRET_MALFORMED, "the secret " + why + "; copy the secret alone and seal it again");
    }
}
