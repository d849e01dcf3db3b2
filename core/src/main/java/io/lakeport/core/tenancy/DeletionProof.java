package io.lakeport.core.tenancy;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says what the deletion of a tenant removed, so that it can be shown to whoever asked for it. It holds no secret and no
 * setting of the tenant's.
 *
 * @param tenant who was deleted
 * @param finished when
 * @param parts what was removed, in the order of the steps
 * @param digest SHA-256 over {@link #text}, in hexadecimal: shows that it was not changed by accident
 * @param signature HMAC-SHA-256 over the same under the host's own key, in hexadecimal: shows that the host made it;
 *     empty where the host has no such key
 */
public record DeletionProof(
        TenantId tenant, Instant finished, List<RemovedPart> parts, String digest, Optional<String> signature) {
    private static final String FORM = "lakeport-deletion-proof-1";

    public DeletionProof {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(finished, "finished");
        parts = List.copyOf(parts);
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(signature, "signature");
    }

    /** Makes a proof; it is signed when there is a key. */
    public static DeletionProof of(TenantId tenant, Instant finished, List<RemovedPart> parts, Optional<Secret> key) {
        String text = text(tenant, finished, parts);
        return new DeletionProof(tenant, finished, parts, sha256(text), key.map(secret -> hmac(text, secret)));
    }

    /** What is digested and signed: the form, the tenant, the time, and a line for each part. */
    private static String text(TenantId tenant, Instant finished, List<RemovedPart> parts) {
        StringBuilder text = new StringBuilder();
        text.append(FORM)
                .append('\n')
                .append(tenant)
                .append('\n')
                .append(finished)
                .append('\n');
        parts.forEach(part -> text.append(part.line()).append('\n'));
        return text.toString();
    }

    /** Returns the text that is digested and signed, for those who check it with tools of their own. */
    public String text() {
        return text(tenant, finished, parts);
    }

    /** Returns whether the digest is that of what the proof says. */
    public boolean isWhole() {
        return same(digest, sha256(text()));
    }

    /** Returns whether it is whole and was signed under that key. */
    public boolean isSignedBy(Secret key) {
        return isWhole() && signature.map(made -> same(made, hmac(text(), key))).orElse(false);
    }

    private static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String hmac(String text, Secret key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return hex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
