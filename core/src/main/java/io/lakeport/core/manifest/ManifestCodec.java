package io.lakeport.core.manifest;

/** SPI: turns manifests into bytes and back. Found by {@link java.util.ServiceLoader}; thread-safe. */
public interface ManifestCodec {
    /** Returns the manifest as bytes that a person can read. */
    byte[] encode(ExportManifest manifest);

    /**
     * Returns the manifest in the bytes.
     *
     * @param origin where they came from, for errors
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when they are no manifest, or one of a newer
     *     version; the message names origin and place
     */
    ExportManifest decode(byte[] bytes, String origin);
}
