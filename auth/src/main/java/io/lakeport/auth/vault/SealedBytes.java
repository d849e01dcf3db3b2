package io.lakeport.auth.vault;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A sealed secret as it is kept. The purpose under which it is sealed names everything but the ciphertext, so that none
 * of it can be changed either.
 *
 * @param dataKey id of the key that seals it
 * @param created when it was sealed
 * @param expires when it stops working on the other side
 * @param ciphertext nonce, ciphertext and tag
 */
record SealedBytes(String dataKey, Instant created, Optional<Instant> expires, byte[] ciphertext) {
    private static final int FORMAT = 1;
    private static final long NEVER = Long.MIN_VALUE;

    static String purpose(SecretReference reference, String dataKey, Instant created, Optional<Instant> expires) {
        return String.join(
                "\n",
                "lakeport secret " + FORMAT,
                reference.toString(),
                dataKey,
                created.toString(),
                expires.map(Instant::toString).orElse("never"));
    }

    String purpose(SecretReference reference) {
        return purpose(reference, dataKey, created, expires);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(dataKey);
            out.writeLong(created.toEpochMilli());
            out.writeLong(expires.map(Instant::toEpochMilli).orElse(NEVER));
            out.writeInt(ciphertext.length);
            out.write(ciphertext);
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no bytes", e);
        }
        return bytes.toByteArray();
    }

    static SealedBytes parse(SecretReference reference, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                throw damaged(reference, "its form is not known");
            }
            String dataKey = in.readUTF();
            Instant created = Instant.ofEpochMilli(in.readLong());
            long expires = in.readLong();
            int length = in.readInt();
            if (length < Cipher.OVERHEAD) {
                throw damaged(reference, "its length is impossible");
            }
            if (in.available() < length) {
                throw new EOFException();
            }
            byte[] ciphertext = in.readNBytes(length);
            if (in.available() > 0) {
                throw damaged(reference, "something follows it");
            }
            return new SealedBytes(
                    dataKey,
                    created,
                    expires == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
                    ciphertext);
        } catch (EOFException e) {
            throw new LakeportException(
                            SecretError.SECRET_TRUNCATED,
                            "the sealed secret '" + reference + "' ends after " + bytes.length
                                    + " bytes, which is too early; restore the state from a backup, or seal the secret"
                                    + " anew",
                            e)
                    .with("secret", reference.toString());
        } catch (IOException e) {
            throw damaged(reference, "it cannot be read");
        }
    }

    static LakeportException damaged(SecretReference reference, String why) {
        return new LakeportException(
                        SecretError.SECRET_DAMAGED,
                        "the sealed secret '" + reference + "' is not what was sealed under this tenant and name: "
                                + why + "; restore the state from a backup, or seal the secret anew")
                .with("secret", reference.toString());
    }
}
