package io.lakeport.core.export.proof;

import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestSigner;
import java.util.Optional;

/** What a manifest's signature is worth. */
public enum SignatureState {
    /** It carries the signature that the configured key gives it. */
    SIGNED,
    /** It carries none, and no key is configured. */
    NOT_SIGNED,
    /** It carries none, although a key is configured: it is older than the key, or not ours. */
    SIGNATURE_MISSING,
    /** It carries another one: it was changed, or signed with another key. */
    WRONG_SIGNATURE,
    /** It carries one, and no key is configured to check it with. */
    NOT_CHECKED;

    /** Returns the state of a manifest. */
    static SignatureState of(ExportManifest manifest, Optional<ManifestSigner> signer) {
        if (manifest.signature().isEmpty()) {
            return signer.isEmpty() ? NOT_SIGNED : SIGNATURE_MISSING;
        }
        return signer.map(known -> known.isSigned(manifest) ? SIGNED : WRONG_SIGNATURE)
                .orElse(NOT_CHECKED);
    }

    /** Returns whether it speaks against the manifest. */
    public boolean isWrong() {
        return this == WRONG_SIGNATURE || this == SIGNATURE_MISSING;
    }
}
