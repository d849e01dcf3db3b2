package io.lakeport.core.manifest;

import io.lakeport.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs manifests with HMAC-SHA256, so that a reader who shares the key notices when files or rows were exchanged
 * together with their record. Thread-safe.
 */
public final class ManifestSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 16;

    private final Secret key;
    private final ManifestCodec codec;

    /**
     * Creates a signer.
     *
     * @param key at least 16 characters
     * @throws IllegalArgumentException when the key is shorter
     */
    public ManifestSigner(Secret key, ManifestCodec codec) {
        if (key.reveal().length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "the key that signs manifests is shorter than " + SHORTEST + " characters; use a random one");
        }
        this.key = key;
        this.codec = codec;
    }

    /** Returns the manifest with its signature. */
    public ExportManifest sign(ExportManifest manifest) {
        return manifest.withSignature(Optional.of(signature(manifest)));
    }

    /** Returns whether the manifest carries the signature that this key gives it. */
    public boolean isSigned(ExportManifest manifest) {
        byte[] expected = signature(manifest).getBytes(StandardCharsets.US_ASCII);
        return manifest.signature()
                .map(found -> MessageDigest.isEqual(expected, found.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }

    private String signature(ExportManifest manifest) {
        byte[] bytes = codec.encode(manifest.withSignature(Optional.empty()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
