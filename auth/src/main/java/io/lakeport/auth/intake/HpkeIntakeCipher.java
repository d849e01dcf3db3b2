package io.lakeport.auth.intake;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
// Tink reaches these through key sets only, which need protobuf; with one key and no key set that is not shipped.
import com.google.crypto.tink.hybrid.internal.HpkeDecrypt;
import com.google.crypto.tink.hybrid.internal.HpkeEncrypt;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import io.lakeport.core.intake.IntakeCipher;
import io.lakeport.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** HPKE (RFC 9180) by Google Tink: base mode, X25519, HKDF-SHA256, AES-256-GCM; what it is for is its {@code info}. */
public final class HpkeIntakeCipher implements IntakeCipher {
    private static final HpkeParameters PARAMETERS = parameters();

    /** Creates the cipher; called by {@link java.util.ServiceLoader}. */
    public HpkeIntakeCipher() {}

    private static HpkeParameters parameters() {
        try {
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink has no HPKE with X25519 and AES-256-GCM", e);
        }
    }

    @Override
    public String name() {
        return "hpke";
    }

    @Override
    public Keys newKeys() {
        byte[] key = X25519.generatePrivateKey();
        try {
            return new Keys(
                    X25519.publicFromPrivate(key), Secret.of(Base64.getEncoder().encodeToString(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X25519 failed to derive a public key", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @AccessesPartialKey
    private static HpkePublicKey publicKey(byte[] bytes) throws GeneralSecurityException {
        return HpkePublicKey.create(PARAMETERS, Bytes.copyFrom(bytes), null);
    }

    @Override
    public byte[] seal(byte[] publicKey, byte[] clear, byte[] context) {
        try {
            return HpkeEncrypt.create(publicKey(publicKey)).encrypt(clear, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a public key of X25519 is expected", e);
        }
    }

    @Override
    @AccessesPartialKey
    public Optional<byte[]> open(Secret privateKey, byte[] publicKey, byte[] sealed, byte[] context) {
        byte[] key = Base64.getDecoder().decode(privateKey.reveal());
        try {
            HpkePrivateKey opener = HpkePrivateKey.create(
                    publicKey(publicKey), SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()));
            return Optional.of(HpkeDecrypt.create(opener).decrypt(sealed, context));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
