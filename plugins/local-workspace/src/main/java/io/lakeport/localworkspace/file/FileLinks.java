package io.lakeport.localworkspace.file;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links by which a file is read, written or deleted without a token, and checks them. The key lives as long as
 * the process. Thread-safe.
 */
public final class FileLinks {
    /** Where the links lead. */
    public static final String PREFIX = "/volume-files/";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final Clock clock;

    /** Creates a signer whose links live so long. */
    public FileLinks(Duration lifetime, Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * What a link allows.
     *
     * @param method GET, PUT or DELETE
     * @param principal on whose behalf
     * @param path the file
     * @param overwrite whether a file that is there may be replaced
     */
    public record Grant(String method, String principal, String path, boolean overwrite) {
        private String text() {
            return method + "\n" + overwrite + "\n" + principal + "\n" + path;
        }

        private static Grant parse(String text) {
            String[] parts = text.split("\n", 4);
            return new Grant(parts[0], parts[2], parts[3], Boolean.parseBoolean(parts[1]));
        }
    }

    /** What a link turned out to be. */
    public enum Check {
        /** To be served. */
        VALID,
        /** Genuine, but its time is over. */
        EXPIRED,
        /** Not signed by this workspace. */
        TAMPERED
    }

    /** Returns path and query of a link. */
    public String link(Grant grant) {
        return link(grant, clock.instant().plus(lifetime));
    }

    /** Returns path and query of a link that ends then. */
    public String link(Grant grant, Instant expiry) {
        String subject = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(grant.text().getBytes(StandardCharsets.UTF_8));
        String expires = String.valueOf(expiry.toEpochMilli());
        return PREFIX + subject + "?X-Expires=" + expires + "&X-Signature=" + sign(subject, expires);
    }

    /** Checks the parts of a link. */
    public Check check(String subject, String expires, String signature) {
        boolean genuine = MessageDigest.isEqual(
                sign(subject, expires).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
        if (!genuine) {
            return Check.TAMPERED;
        }
        return Long.parseLong(expires) > clock.millis() ? Check.VALID : Check.EXPIRED;
    }

    /** Returns what a genuine link allows. */
    public Grant grant(String subject) {
        return Grant.parse(new String(Base64.getUrlDecoder().decode(subject), StandardCharsets.UTF_8));
    }

    private String sign(String subject, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((subject + "\n" + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
