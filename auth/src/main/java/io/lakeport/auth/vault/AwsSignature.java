package io.lakeport.auth.vault;

import io.lakeport.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 of AWS ("Create a signed AWS API request", IAM User Guide).
 *
 * @param accessKeyId who signs
 * @param secretAccessKey with what
 * @param region for example {@code eu-central-1}
 * @param service for example {@code kms}
 */
record AwsSignature(String accessKeyId, Secret secretAccessKey, String region, String service) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Returns the text of a time in the header {@code x-amz-date}. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /**
     * Returns the value of the header Authorization for a request to the path {@code /}.
     *
     * @param query the query, encoded and in order already; may be empty
     * @param headers all headers that are signed, with names in lower case; {@code host} and {@code x-amz-date} among
     *     them
     */
    String authorization(String method, String query, Map<String, String> headers, byte[] body) {
        SortedMap<String, String> sorted = new TreeMap<>(headers);
        String names = String.join(";", sorted.keySet());
        String canonical = method + "\n/\n" + query + "\n"
                + sorted.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + Digests.hex(body);
        String time = String.valueOf(sorted.get("x-amz-date"));
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + Digests.hex(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secretAccessKey.reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return "AWS4-HMAC-SHA256 Credential=" + accessKeyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
