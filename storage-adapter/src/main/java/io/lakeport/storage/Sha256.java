package io.lakeport.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes as they pass. Not thread-safe. */
public final class Sha256 {
    private final MessageDigest digest;

    /** Begins a digest. */
    public Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds what remains in the buffer, consuming it. */
    public void update(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** Returns the digest in lower-case hexadecimal and begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
