package io.lakeport.warehouse.result;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The checksum that a storage sends beside an object: {@code Content-MD5} (Azure, RFC 1864) or {@code x-goog-hash}
 * (Google). It is worth looking at, because Databricks writes LZ4 frames with and without checksums, and a damaged
 * frame without one may decode to wrong values of the right length. S3's ETag is an MD5 for some kinds of encryption
 * only, so it proves nothing. Stateless.
 */
final class StorageChecksum {
    private static final String CRC32C = "crc32c=";
    private static final String MD5 = "md5=";

    private StorageChecksum() {}

    /** Returns what does not match, empty when all is well or the storage did not say. */
    static Optional<String> mismatch(HttpHeaders headers, ByteBuffer bytes) {
        List<String> hashes = headers.allValues("x-goog-hash").stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .toList();
        Optional<String> crc = after(CRC32C, hashes);
        if (crc.isPresent()) {
            return compare("CRC-32C", crc.get(), crc32c(bytes.duplicate()));
        }
        Optional<String> md5 =
                headers.firstValue("Content-MD5").map(String::strip).or(() -> after(MD5, hashes));
        return md5.flatMap(expected -> compare("MD5", expected, md5(bytes.duplicate())));
    }

    private static Optional<String> after(String prefix, List<String> hashes) {
        return hashes.stream()
                .filter(hash -> hash.startsWith(prefix))
                .map(hash -> hash.substring(prefix.length()))
                .findFirst();
    }

    private static Optional<String> compare(String name, String expected, byte[] actual) {
        String got = Base64.getEncoder().encodeToString(actual);
        return got.equals(expected)
                ? Optional.empty()
                : Optional.of("its " + name + " is " + got + " where the storage announced " + expected);
    }

    private static byte[] crc32c(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }

    private static byte[] md5(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
