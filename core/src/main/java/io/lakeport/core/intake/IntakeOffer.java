package io.lakeport.core.intake;

import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What the customer is given to seal a secret with. It is no secret, but who can change it on its way could read what
 * is sealed: the customer compares its {@link #fingerprint()} with the vendor's by another road.
 *
 * @param id of the intake
 * @param tenant whose secret is asked for
 * @param name under which it will be kept
 * @param publicKey to seal to, as base64url
 * @param expires until when it is taken, in whole seconds
 */
public record IntakeOffer(String id, TenantId tenant, String name, String publicKey, Instant expires) {
    private static final String PREFIX = "lki1.";
    private static final String WHAT = "offer";
    private static final int FIELDS = 5;
    private static final int FINGERPRINT_BYTES = 8;

    public IntakeOffer {
        Intake.requireId(id);
        Objects.requireNonNull(tenant, "tenant");
        SecretReference.requireName(name);
        byte[] unused = IntakeText.decode(publicKey);
        if (expires.getNano() != 0) {
            throw new IllegalArgumentException("an intake ends at a whole second, not at " + expires);
        }
    }

    /**
     * Parses what {@link #toText()} gives.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST (INTAKE_TEXT_DAMAGED) when it is not whole
     */
    public static IntakeOffer parse(String text) {
        List<String> fields = IntakeText.split(WHAT, PREFIX, FIELDS, text);
        try {
            return new IntakeOffer(
                    fields.get(0),
                    TenantId.of(fields.get(1)),
                    fields.get(2),
                    fields.get(3),
                    Instant.ofEpochSecond(Long.parseLong(fields.get(4))));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw IntakeText.damaged(WHAT, "does not hold what an offer holds");
        }
    }

    private List<String> fields() {
        return List.of(id, tenant.value(), name, publicKey, Long.toString(expires.getEpochSecond()));
    }

    /** Returns one word to be given to the customer. */
    public String toText() {
        return IntakeText.join(PREFIX, fields());
    }

    /** Returns 16 hexadecimal digits in groups of four, for people to compare. */
    public String fingerprint() {
        byte[] digest = IntakeText.sha256(context());
        return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES).replaceAll("(.{4})(?!$)", "$1-");
    }

    /** What is sealed holds for exactly this offer, so that it cannot be moved to another, or live longer. */
    byte[] context() {
        return ("lakeport intake 1\n" + String.join("\n", fields())).getBytes(StandardCharsets.UTF_8);
    }

    byte[] key() {
        return IntakeText.decode(publicKey);
    }
}
