package io.lakeport.core.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short hash of a statement's text, equal for statements that differ only in white space. It stands for the text
 * wherever the text itself might carry customer data: the ledger, logs, errors.
 *
 * @param value 16 lower-case hexadecimal digits
 */
public record SqlFingerprint(String value) {
    private static final int BYTES = 8;

    /** Returns the fingerprint of a statement. */
    public static SqlFingerprint of(String sql) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(sql.strip().replaceAll("\\s+", " ").getBytes(StandardCharsets.UTF_8));
            return new SqlFingerprint(HexFormat.of().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
