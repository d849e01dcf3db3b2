package io.lakeport.core.intake;

/** How far an intake has come. From all but the first there is no way back, and its private key is destroyed. */
public enum IntakeState {
    /** It waits for the secret. */
    OPEN,
    /** The secret is in the vault. */
    CONSUMED,
    /** No secret came in time. */
    EXPIRED,
    /** The vendor took it back. */
    WITHDRAWN
}
