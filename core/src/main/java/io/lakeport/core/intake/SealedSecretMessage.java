package io.lakeport.core.intake;

import io.lakeport.core.tenant.TenantId;
import java.util.List;
import java.util.Objects;

/**
 * A secret on its way from the customer: only the host that made the intake can open it, once.
 *
 * @param intake id of the intake
 * @param tenant whose secret it is
 * @param sealed the encrypted secret, as base64url
 */
public record SealedSecretMessage(String intake, TenantId tenant, String sealed) {
    private static final String PREFIX = "lks1.";
    private static final String WHAT = "sealed message";
    private static final int FIELDS = 3;

    public SealedSecretMessage {
        Intake.requireId(intake);
        Objects.requireNonNull(tenant, "tenant");
        byte[] unused = IntakeText.decode(sealed);
    }

    /**
     * Parses what {@link #toText()} gives.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST (INTAKE_TEXT_DAMAGED) when it is not whole, or
     *     has more than 16 KiB
     */
    public static SealedSecretMessage parse(String text) {
        List<String> fields = IntakeText.split(WHAT, PREFIX, FIELDS, text);
        try {
            return new SealedSecretMessage(fields.get(0), TenantId.of(fields.get(1)), fields.get(2));
        } catch (IllegalArgumentException e) {
            throw IntakeText.damaged(WHAT, "does not hold what a sealed message holds");
        }
    }

    /** Returns one word to be sent to the vendor. */
    public String toText() {
        return IntakeText.join(PREFIX, List.of(intake, tenant.value(), sealed));
    }

    /** Names the message without what is sealed. */
    @Override
    public String toString() {
        return "sealed message for intake " + intake + " of tenant " + tenant;
    }
}
