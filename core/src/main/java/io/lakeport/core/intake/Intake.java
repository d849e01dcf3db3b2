package io.lakeport.core.intake;

import io.lakeport.core.secret.SecretReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A place for one secret of a tenant to be handed over to.
 *
 * @param offer what the customer is given
 * @param created when it was made
 * @param state how far it has come
 */
public record Intake(IntakeOffer offer, Instant created, IntakeState state) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String PRIVATE_KEYS = "intake/";

    public Intake {
        Objects.requireNonNull(offer, "offer");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(state, "state");
    }

    /** Returns its id. */
    public String id() {
        return offer.id();
    }

    static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of an intake has 32 hexadecimal digits; list what there is");
        }
        return id;
    }

    /** Returns the name under which the vault keeps the private key of an intake; no sign-in looks there. */
    static String keyName(String id) {
        return SecretReference.requireName(PRIVATE_KEYS + id);
    }

    static boolean isKeyName(String name) {
        return name.startsWith(PRIVATE_KEYS)
                && ID.matcher(name.substring(PRIVATE_KEYS.length())).matches();
    }

    static String idOf(String keyName) {
        return keyName.substring(PRIVATE_KEYS.length());
    }

    Intake in(IntakeState next) {
        return new Intake(offer, created, next);
    }

    String toText() {
        return state + "\n" + created + "\n" + offer.toText();
    }

    static Intake parse(String text) {
        List<String> lines = text.lines().toList();
        return new Intake(
                IntakeOffer.parse(lines.get(2)), Instant.parse(lines.get(1)), IntakeState.valueOf(lines.get(0)));
    }
}
