package io.lakeport.localworkspace.statement;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the links of chunks and checks them. The key lives as long as the process. Thread-safe. */
final class LinkSigner {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final Clock clock;
    private final StatementFaults faults;

    LinkSigner(Duration lifetime, Clock clock, StatementFaults faults) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
        this.faults = faults;
    }

    /** What a link turned out to be. */
    enum Check {
        VALID,
        EXPIRED,
        TAMPERED
    }

    /**
     * When a link signed now ends.
     *
     * @param real when storage refuses it
     * @param announced what the answer says; the same but for a planned fault
     */
    record Expiry(Instant real, Instant announced) {}

    /** Returns when a link to a statement's chunk ends that is signed now. */
    Expiry expiry(Statement statement) {
        Instant now = clock.instant();
        Instant usual = now.plus(lifetime);
        return faults.onLink(statement.request().sql(), statement.owner())
                .map(life ->
                        new Expiry(now.plus(life.lifetime()), life.announced() ? now.plus(life.lifetime()) : usual))
                .orElse(new Expiry(usual, usual));
    }

    /** Returns path and query of a link to a chunk. */
    String link(String statementId, int chunk, Instant expiry) {
        long millis = expiry.toEpochMilli();
        return "/cloudfetch/" + statementId + "/" + chunk + "?X-Expires=" + millis + "&X-Signature="
                + sign(statementId, String.valueOf(chunk), String.valueOf(millis));
    }

    Check check(String statementId, String chunk, String expires, String signature) {
        boolean genuine = MessageDigest.isEqual(
                sign(statementId, chunk, expires).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.US_ASCII));
        if (!genuine) {
            return Check.TAMPERED;
        }
        return Long.parseLong(expires) > clock.millis() ? Check.VALID : Check.EXPIRED;
    }

    private String sign(String statementId, String chunk, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(
                            (statementId + "\n" + chunk + "\n" + expires).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
